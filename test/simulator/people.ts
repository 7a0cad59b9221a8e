/** What people do on GitHub's pages. Each promise settles once the App has answered the webhooks that follow. */
import type { Events } from './events.ts';
import { checkActions } from './people/checks.ts';
import { conversationActions } from './people/conversation.ts';
import { createGround } from './people/ground.ts';
import { mergingActions } from './people/merging.ts';
import { pullRequestActions } from './people/pull-requests.ts';
import type { Account, Repository, World } from './state.ts';

export function createPeople(
  world: World,
  events: Events,
  createFork: (owner: Account, parent: Repository) => Repository,
) {
  const ground = createGround(world, events, createFork);
  return {
    ...pullRequestActions(ground),
    ...conversationActions(ground),
    ...checkActions(ground),
    ...mergingActions(ground),
  };
}

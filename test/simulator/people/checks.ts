/** Checks as people use them. */
import { type CheckRunDraft, addCheckRun, suiteOf } from '../checks.ts';
import { repositoryOf } from '../state.ts';
import type { ByPerson, Ground } from './ground.ts';

export function checkActions({ world, events, person, find, latestRun, otherApp }: Ground) {
  return {
    /** "Re-run" beside one check of the pull request's head. */
    async rerunCheck({ by, check, ...name }: ByPerson<{ check: string }>): Promise<void> {
      const { repository, head } = find(name);
      await events.checkRun('rerequested', repository, latestRun(repository, check, head.sha), person(by));
    },
    /** "Re-run all checks". */
    async rerunSuite({ by, ...name }: ByPerson): Promise<void> {
      const { repository, head } = find(name);
      await events.checkSuite('rerequested', repository, suiteOf(world, repository, world.app, head.sha), person(by));
    },
    /** Presses a button that the App put on its check. */
    async pressButton({ by, check, button, ...name }: ByPerson<{ check: string; button: string }>): Promise<void> {
      const { repository, head } = find(name);
      const run = latestRun(repository, check, head.sha);
      if (!run.actions.some(({ identifier }) => identifier === button))
        throw new Error(`${check} has no button ${button}`);
      await events.checkRun('requested_action', repository, run, person(by), button);
    },
    /** Another App, such as a CI, reports a check on a commit. */
    async reportCheck({
      repository: name,
      app,
      ...draft
    }: CheckRunDraft & { repository: string; app: string }): Promise<void> {
      const repository = repositoryOf(world, name);
      const run = addCheckRun(world, repository, otherApp(app), draft);
      await events.checkRun('created', repository, run, run.app.bot);
      if (run.status === 'completed') await events.checkRun('completed', repository, run, run.app.bot);
    },
  };
}

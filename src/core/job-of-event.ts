import { z } from 'zod';
import type { Job } from './job.ts';
import type { RepositoryRef } from './pull-request.ts';

const id = z.int().positive();

const repository = z
  .object({ id, name: z.string(), owner: z.object({ login: z.string() }) })
  .transform(({ id, name, owner }): RepositoryRef => ({ id, owner: owner.login, name }));

const namedRepository = z.object({ id, full_name: z.string() }).transform(({ id, full_name }): RepositoryRef => {
  const [owner = '', name = ''] = full_name.split('/');
  return { id, owner, name };
});

/** Where an event happened. Every event that the App subscribes to carries both. */
const place = z
  .object({ installation: z.object({ id }), repository })
  .transform(({ installation, repository }): Place => ({ installationId: installation.id, repository }));

type Place = { readonly installationId: number; readonly repository: RepositoryRef };

/** What tells our App from others. `appSlug`: its name in its address, by which people mention it. */
export type OurApp = { readonly appId: number; readonly appSlug: string };

const app = z.object({ id }).nullish();
const pullRequests = z.array(z.object({ number: id, base: z.object({ repo: z.object({ id }) }) }));

/** What a check run or suite says of its head. GitHub lists no pull requests from forks, but may list those of other repositories. */
type CheckedHead = { readonly head_sha: string; readonly pull_requests: z.output<typeof pullRequests> };

const pullRequestActions = new Set([
  'opened',
  'synchronize',
  'reopened',
  'ready_for_review',
  'converted_to_draft',
  'edited',
  'closed',
]);

/** What each event asks for. app.yml subscribes to exactly these, and to the two that GitHub sends unasked. */
const readers = {
  pull_request(payload) {
    const { action, number, pull_request } = z
      .object({ action: z.string(), number: id, pull_request: z.object({ head: z.object({ sha: z.string() }) }) })
      .parse(payload);
    if (!pullRequestActions.has(action)) return [];
    const asked = [review(place.parse(payload), number)];
    // A commit has one result: others with this head may have waited for the word of this one.
    const { sha } = pull_request.head;
    return action === 'closed' ? [...asked, { type: 'review-commit', ...place.parse(payload), sha }] : asked;
  },

  issue_comment(payload, us) {
    const { action, issue, comment, changes } = z
      .object({
        action: z.string(),
        issue: z.object({ number: id, pull_request: z.unknown().optional() }),
        comment: z.object({ body: z.string().nullish(), user: z.object({ type: z.string() }).nullish() }),
        changes: z.object({ body: z.object({ from: z.string().nullish() }).nullish() }).nullish(),
      })
      .parse(payload);
    // A command that was deleted stops counting.
    if (!['created', 'edited', 'deleted'].includes(action) || !issue.pull_request) return [];
    // Ours are a bot's too: nothing that we say sets us to work.
    if (comment.user?.type === 'Bot') return [];
    // A command that was edited away is as much news as one that was written.
    const isOfInterest = [comment.body, changes?.body?.from].some(text => mayHoldCommand(text, us));
    return isOfInterest ? [review(place.parse(payload), issue.number)] : [];
  },

  check_run(payload, { appId }) {
    const { action, check_run } = z
      .object({
        action: z.string(),
        check_run: z.object({
          head_sha: z.string(),
          external_id: z.string().nullish(),
          app,
          pull_requests: pullRequests,
        }),
      })
      .parse(payload);
    if (!['rerequested', 'requested_action'].includes(action) || check_run.app?.id !== appId) return [];
    // We wrote there which pull request the check speaks for.
    const own = /^#([1-9]\d{0,8}):/.exec(check_run.external_id ?? '')?.[1];
    return reviewHead(place.parse(payload), check_run, own === undefined ? [] : [Number(own)]);
  },

  check_suite(payload, { appId }) {
    const { action, check_suite } = z
      .object({
        action: z.string(),
        check_suite: z.object({ head_sha: z.string(), app, pull_requests: pullRequests }),
      })
      .parse(payload);
    if (action !== 'rerequested' || check_suite.app?.id !== appId) return [];
    return reviewHead(place.parse(payload), check_suite, []);
  },

  merge_group(payload) {
    const { action, merge_group } = z
      .object({
        action: z.string(),
        merge_group: z.object({ head_sha: z.string(), base_sha: z.string(), head_ref: z.string() }),
      })
      .parse(payload);
    if (action !== 'checks_requested') return [];
    const { head_sha: headSha, base_sha: baseSha, head_ref } = merge_group;
    // GitHub names the branch, and nobody else can push there: `refs/heads/gh-readonly-queue/main/pr-104-<sha>`.
    const digits = /^refs\/heads\/gh-readonly-queue\/[^\n]*\/pr-([1-9]\d{0,8})-[0-9a-f]{40,64}$/.exec(head_ref)?.[1];
    const queued = digits === undefined ? {} : { number: Number(digits) };
    return [{ type: 'merge-group', ...place.parse(payload), headSha, baseSha, ...queued }];
  },

  push(payload) {
    const { ref, deleted, repository } = z
      .object({ ref: z.string(), deleted: z.boolean(), repository: z.object({ default_branch: z.string() }) })
      .parse(payload);
    if (deleted || ref !== `refs/heads/${repository.default_branch}`) return [];
    // Policy, taxonomy and duplicates may have changed for every open pull request.
    return [{ type: 'sweep-repository', ...place.parse(payload) }];
  },

  installation(payload) {
    const { action, installation } = z.object({ action: z.string(), installation: z.object({ id }) }).parse(payload);
    switch (action) {
      case 'created':
      case 'unsuspend':
      case 'new_permissions_accepted':
        return [{ type: 'sweep', installationId: installation.id }];
      case 'deleted':
        return [{ type: 'forget', installationId: installation.id }];
      // `suspend` may be undone: what is stored stays, and jobs under way end as gone.
      default:
        return [];
    }
  },

  installation_repositories(payload) {
    const { installation, repositories_added, repositories_removed } = z
      .object({
        installation: z.object({ id }),
        repositories_added: z.array(namedRepository),
        repositories_removed: z.array(z.object({ id })),
      })
      .parse(payload);
    const installationId = installation.id;
    const added = repositories_added.map((repository): Job => ({
      type: 'sweep-repository',
      installationId,
      repository,
      isAdded: true,
    }));
    const repositoryIds = repositories_removed.map(({ id }) => id);
    return repositoryIds.length === 0 ? added : [...added, { type: 'forget', installationId, repositoryIds }];
  },
} satisfies Record<string, (payload: unknown, us: OurApp) => readonly Job[]>;

/** An event that may ask for work. */
export type EventName = keyof typeof readers;

/** The events that may ask for work. */
export const eventNames: readonly string[] = Object.keys(readers);

/** Whether the event may ask for work. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(readers, name);

/**
 * What a delivery asks us to look at again; nothing for most. Checks that are another App's are none of our business, and nothing
 * that is not sent for an installation of ours is. Throws when the payload is not what GitHub describes: then the delivery fails
 * where GitHub's owner can see it.
 */
export function jobsFor(event: EventName, payload: unknown, us: OurApp): readonly Job[] {
  const { installation } = z.object({ installation: z.unknown().optional() }).parse(payload);
  return installation === undefined || installation === null ? [] : readers[event](payload, us);
}

const review = (place: Place, number: number): Job => ({ type: 'review', ...place, number });

/** A head may be that of several pull requests: the named ones, or, when none is, those that GitHub finds for the commit. */
function reviewHead(
  place: Place,
  { head_sha: sha, pull_requests }: CheckedHead,
  own: readonly number[],
): readonly Job[] {
  const listed = pull_requests.filter(({ base }) => base.repo.id === place.repository.id).map(({ number }) => number);
  const numbers = new Set([...own, ...listed]);
  return numbers.size > 0
    ? [...numbers].map(number => ({ type: 'review', ...place, number, isRerun: true }))
    : [{ type: 'review-commit', ...place, sha }];
}

/** Cheap and generous: whether it is a command is decided when the comment is read again. */
function mayHoldCommand(text: string | null | undefined, { appSlug }: OurApp): boolean {
  const lower = (text ?? '').toLowerCase();
  return lower.includes('/assay') || lower.includes(`@${appSlug.toLowerCase()}`);
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { eventNames, isEventName, jobsFor } from '../../src/core/job-of-event.ts';
import type { EventName } from '../../src/core/job-of-event.ts';

/** As JSON comes: of any shape. */
type Payload = ReturnType<typeof JSON.parse>;

/** Payloads that GitHub really sent, as @octokit/webhooks-examples collects them. */
const examples: readonly { name: string; examples: readonly Payload[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
);

const INSTALLATION = 5;

const captured = (name: string): readonly Payload[] => examples.find(event => event.name === name)?.examples ?? [];

/** Some were captured on a repository's webhook, which knows no installation. */
const atInstallation = (payload: Payload): Payload => ({
  installation: { id: INSTALLATION, node_id: 'x' },
  ...payload,
});

const firstOf = (name: string, action: string): Payload => {
  const payload = captured(name).find(example => example.action === action);
  if (payload === undefined) throw new Error(`No captured ${name}.${action}`);
  return atInstallation(payload);
};

const ask = (name: EventName, payload: Payload, appId = 1) => jobsFor(name, payload, { appId, appSlug: 'assay-app' });
const summary = (name: EventName, payload: Payload, appId = 1): readonly string[] =>
  ask(name, payload, appId).map(job => ('number' in job ? `${job.type} ${job.number}` : job.type));

describe('captured deliveries', () => {
  test.each(eventNames.filter(isEventName))('every %s can be read', name => {
    expect(captured(name).length).toBeGreaterThan(0);
    for (const payload of captured(name)) {
      expect(() => ask(name, atInstallation(payload), 29310)).not.toThrow();
    }
  });

  test('a webhook that is not the App’s asks for nothing', () => {
    const { installation: _, ...payload } = firstOf('pull_request', 'opened');
    expect(ask('pull_request', payload)).toEqual([]);
  });
});

describe('pull_request', () => {
  test.each(['dependabot[bot]', 'assay-app[bot]'])('of a bot is looked at like any other: %s', login => {
    const payload = firstOf('pull_request', 'opened');
    const account = { ...payload['sender'], login, type: 'Bot' };
    const byBot = { ...payload, sender: account, pull_request: { ...payload['pull_request'], user: account } };
    expect(ask('pull_request', byBot)).toEqual(ask('pull_request', payload));
    expect(summary('pull_request', byBot)).toHaveLength(1);
  });

  test.each(['opened', 'synchronize', 'reopened', 'ready_for_review', 'converted_to_draft'])(
    '%s asks for a look at it',
    action => {
      const payload = firstOf('pull_request', action);
      expect(ask('pull_request', payload)).toEqual([
        {
          type: 'review',
          installationId: payload['installation'].id,
          repository: {
            id: payload['repository'].id,
            owner: payload['repository'].owner.login,
            name: payload['repository'].name,
          },
          number: payload['number'],
        },
      ]);
    },
  );

  test('closed asks for a look at it, and at all that share its head: a commit has one result', () => {
    const payload = firstOf('pull_request', 'closed');
    expect(ask('pull_request', payload)).toMatchObject([
      { type: 'review', number: payload['number'] },
      { type: 'review-commit', sha: payload['pull_request'].head.sha },
    ]);
  });

  test('edited does too: the base may be another', () => {
    expect(summary('pull_request', { ...firstOf('pull_request', 'opened'), action: 'edited' })).toEqual(['review 2']);
  });

  test.each(['assigned', 'labeled', 'locked', 'review_requested', 'unlabeled'])('%s asks for nothing', action => {
    expect(ask('pull_request', firstOf('pull_request', action))).toEqual([]);
  });
});

describe('issue_comment', () => {
  const comment = (body: string, changes: Payload = {}): Payload => {
    const payload = firstOf('issue_comment', 'created');
    return {
      ...payload,
      issue: { ...payload['issue'], number: 9, pull_request: { url: 'u' } },
      comment: { ...payload['comment'], body },
      ...changes,
    };
  };

  test('on a pull request with a command asks for a look', () => {
    expect(summary('issue_comment', comment('Thanks!\n/assay review'))).toEqual(['review 9']);
    expect(summary('issue_comment', comment('/assay help', { action: 'edited' }))).toEqual(['review 9']);
  });

  test('a command that was edited away is news', () => {
    const changes = { body: { from: '/assay review' } };
    expect(summary('issue_comment', comment('never mind', { action: 'edited', changes }))).toEqual(['review 9']);
  });

  test('without one, on an issue or by a bot it asks for nothing; deleted it stops counting', () => {
    const user = { login: 'assay[bot]', type: 'Bot' };
    expect(ask('issue_comment', comment('Nice work'))).toEqual([]);
    expect(summary('issue_comment', comment('/assay review', { action: 'deleted' }))).toEqual(['review 9']);
    expect(ask('issue_comment', comment('/assay review', { comment: { body: '/assay review', user } }))).toEqual([]);
    const onIssue = { ...firstOf('issue_comment', 'created'), comment: { body: '/assay review' } };
    expect(ask('issue_comment', onIssue)).toEqual([]);
  });
});

describe('check_run and check_suite', () => {
  const run = (changes: Payload): Payload => {
    const payload = firstOf('check_run', 'rerequested');
    return { ...payload, check_run: { ...payload['check_run'], app: { id: 1 }, ...changes } };
  };

  test('a run of ours names its pull request, also from a fork', () => {
    expect(summary('check_run', run({ external_id: '#12:abc', pull_requests: [] }))).toEqual(['review 12']);
  });

  test('whoever pressed a button is to see that something happens', () => {
    expect(ask('check_run', run({ external_id: '#12:abc' }))).toMatchObject([{ type: 'review', isRerun: true }]);
  });

  test('without a name the commit is looked up', () => {
    expect(ask('check_run', run({ external_id: '', pull_requests: [], head_sha: 'f00' }))).toMatchObject([
      { type: 'review-commit', sha: 'f00' },
    ]);
  });

  test('pull requests of other repositories with the same head are not ours', () => {
    const { repository } = firstOf('check_run', 'rerequested');
    const pull_requests = [
      { number: 3, base: { repo: { id: repository.id } } },
      { number: 4, base: { repo: { id: repository.id + 1 } } },
    ];
    expect(summary('check_run', run({ external_id: null, pull_requests }))).toEqual(['review 3']);
  });

  test('the button in the check asks again', () => {
    const payload = firstOf('check_run', 'requested_action');
    expect(summary('check_run', payload, payload['check_run'].app.id)).toEqual(['review 26764']);
  });

  test('those of other Apps are none of our business', () => {
    expect(ask('check_run', firstOf('check_run', 'rerequested'), 999)).toEqual([]);
    expect(ask('check_suite', firstOf('check_suite', 'rerequested'), 999)).toEqual([]);
  });

  test('a suite that is asked for again asks for all its pull requests', () => {
    const payload = firstOf('check_suite', 'rerequested');
    expect(summary('check_suite', payload, payload['check_suite'].app.id)).toEqual(['review 2']);
    expect(ask('check_suite', firstOf('check_suite', 'requested'), payload['check_suite'].app.id)).toEqual([]);
  });
});

test('a merge group is checked as what the queue would merge', () => {
  const payload = firstOf('merge_group', 'checks_requested');
  expect(ask('merge_group', payload)).toMatchObject([
    {
      type: 'merge-group',
      headSha: payload['merge_group'].head_sha,
      baseSha: payload['merge_group'].base_sha,
      number: 104,
    },
  ]);
});

test('a push to the default branch sweeps the repository; to others, a tag or a deletion does nothing', () => {
  const pushes = captured('push').map(atInstallation);
  const toDefault = pushes.find(({ ref }) => ref === 'refs/heads/master') ?? {};
  expect(summary('push', toDefault)).toEqual(['sweep-repository']);
  expect(ask('push', { ...toDefault, ref: 'refs/heads/other' })).toEqual([]);
  expect(ask('push', { ...toDefault, deleted: true })).toEqual([]);
  for (const push of pushes.filter(({ ref }) => ref.startsWith('refs/tags/'))) expect(ask('push', push)).toEqual([]);
});

describe('installations', () => {
  test('a new or revived one is swept, a deleted one forgotten, a suspended one left alone', () => {
    const jobs = (action: string) => ask('installation', firstOf('installation', action));
    const id = (action: string) => firstOf('installation', action)['installation'].id;
    expect(jobs('created')).toEqual([{ type: 'sweep', installationId: id('created') }]);
    expect(jobs('unsuspend')).toEqual([{ type: 'sweep', installationId: id('unsuspend') }]);
    expect(jobs('deleted')).toEqual([{ type: 'forget', installationId: id('deleted') }]);
    expect(jobs('suspend')).toEqual([]);
  });

  test('repositories come and go', () => {
    const added = firstOf('installation_repositories', 'added');
    expect(ask('installation_repositories', added)).toEqual(
      added['repositories_added'].map(({ id, full_name }: Payload) => {
        const [owner, name] = full_name.split('/');
        const repository = { id, owner, name };
        return { type: 'sweep-repository', installationId: added['installation'].id, repository, isAdded: true };
      }),
    );
    const removed = firstOf('installation_repositories', 'removed');
    expect(ask('installation_repositories', removed)).toEqual([
      {
        type: 'forget',
        installationId: removed['installation'].id,
        repositoryIds: removed['repositories_removed'].map(({ id }: Payload) => id),
      },
    ]);
  });
});

test('app.yml subscribes to exactly the events that are read', () => {
  const manifest = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'));
  const unasked = new Set(['installation', 'installation_repositories']);
  expect(manifest.default_events.toSorted()).toEqual(eventNames.filter(name => !unasked.has(name)).toSorted());
});

import type { Octokit } from '@octokit/rest';
import type { Annotation, CheckPlan, PostedCheck } from '../core/plan.ts';
import { speaksFor } from '../core/plan/check.ts';
import type { CommitRef, RepositoryRef } from '../core/pull-request.ts';
import { Transient } from './errors.ts';
import type { Identity } from './identity.ts';

/** GitHub takes no more in one request and appends those of the next. */
const ANNOTATIONS_PER_REQUEST = 50;

/** The button on our check runs. */
const REVIEW_ACTION = {
  label: 'Re-review',
  description: 'Look at this commit again',
  identifier: 'review',
} as const;

/** The newest check run of ours of one name and pull request, and when the first of them was made (ISO 8601). */
export type DatedCheck = { readonly check: PostedCheck; readonly startedAt?: string };

/**
 * Our check runs on a commit, the newest of each name and pull request. A run that was interrupted between its batches of
 * annotations is in progress, under an external id that equals no plan's.
 */
export async function loadChecks(
  octokit: Octokit,
  { repository, sha }: CommitRef,
  { appId }: Identity,
): Promise<readonly DatedCheck[]> {
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, {
    owner: repository.owner,
    repo: repository.name,
    ref: sha,
    app_id: appId,
    filter: 'all',
    per_page: 100,
  });
  const newest = new Map<string, DatedCheck>();
  for (const run of runs.filter(({ app }) => app?.id === appId).sort((a, b) => a.id - b.id)) {
    const externalId = run.external_id ?? '';
    const key = `${run.name} ${speaksFor(externalId) ?? externalId}`;
    // The first run tells since when the head is known here, the newest what is shown.
    const startedAt = newest.get(key)?.startedAt ?? run.started_at;
    const check = {
      id: run.id,
      name: run.name,
      externalId,
      status: run.status === 'completed' || run.status === 'in_progress' ? run.status : ('queued' as const),
      ...(run.conclusion !== null && { conclusion: run.conclusion }),
      annotations: run.output.annotations_count,
    };
    newest.set(key, { check, ...(startedAt !== null && { startedAt }) });
  }
  return [...newest.values()];
}

/**
 * Creates a check run. When the answer is lost, looks whether it was created, so that trying again does not make a second one.
 * It shows its conclusion only with the last batch of annotations.
 */
export async function createCheck(
  octokit: Octokit,
  repository: RepositoryRef,
  check: CheckPlan,
  identity: Identity,
): Promise<number> {
  const [first = [], ...rest] = batchesOf(check.annotations);
  const id = await createRun(octokit, repository, check, first, rest.length === 0).catch(async (error: unknown) => {
    if (!(error instanceof Transient)) throw error;
    const posted = await loadChecks(octokit, { repository, sha: check.headSha }, identity);
    const created = posted.find(run => isRunOf(run.check, check));
    if (created === undefined) throw error;
    return created.check.id;
  });
  await appendBatches(octokit, repository, id, check, rest);
  return id;
}

/**
 * Makes a check run look as planned. Annotations can only be added, so the run must have none yet; the diff sees to that, and
 * asks for a new run otherwise.
 */
export async function updateCheck(
  octokit: Octokit,
  repository: RepositoryRef,
  id: number,
  check: CheckPlan,
): Promise<void> {
  const batches = batchesOf(check.annotations);
  await appendBatches(octokit, repository, id, check, batches.length === 0 ? [[]] : batches);
}

function batchesOf(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const batches: (readonly Annotation[])[] = [];
  for (let start = 0; start < annotations.length; start += ANNOTATIONS_PER_REQUEST)
    batches.push(annotations.slice(start, start + ANNOTATIONS_PER_REQUEST));
  return batches;
}

async function createRun(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  check: CheckPlan,
  annotations: readonly Annotation[],
  isLast: boolean,
): Promise<number> {
  const { name, headSha: head_sha } = check;
  const run = { owner, repo, name, head_sha, ...appearance(check, annotations, isLast) };
  const { data } = await octokit.rest.checks.create(
    isLast && check.conclusion !== undefined
      ? { ...run, status: 'completed', conclusion: check.conclusion }
      : { ...run, status: 'in_progress' },
  );
  return data.id;
}

async function appendBatches(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  check_run_id: number,
  check: CheckPlan,
  batches: readonly (readonly Annotation[])[],
): Promise<void> {
  for (const [index, annotations] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const run = { owner, repo, check_run_id, ...appearance(check, annotations, isLast) };
    await octokit.rest.checks.update(
      isLast && check.conclusion !== undefined
        ? { ...run, status: 'completed', conclusion: check.conclusion }
        : { ...run, status: 'in_progress' },
    );
  }
}

/** Until the last batch the run has an external id of its own: nobody may take the half of it for the whole. */
function appearance(check: CheckPlan, annotations: readonly Annotation[], isLast: boolean) {
  return {
    external_id: isLast ? check.externalId : unfinished(check.externalId),
    actions: [REVIEW_ACTION],
    output: {
      title: check.title,
      summary: check.summary,
      ...(check.text !== undefined && { text: check.text }),
      ...(annotations.length > 0 && { annotations: annotations.map(toAnnotation) }),
    },
  };
}

const unfinished = (externalId: string): string => `${externalId}:unfinished`;

/** Whether this is what creating the check makes. A run that people asked to repeat has lost its conclusion, and is not. */
const isRunOf = (run: PostedCheck, { name, externalId, conclusion }: CheckPlan): boolean =>
  run.name === name &&
  (run.externalId === unfinished(externalId) ||
    (run.externalId === externalId &&
      (conclusion === undefined ? run.status !== 'completed' : run.conclusion === conclusion)));

const toAnnotation = ({ path, startLine, endLine, startColumn, level, title, message }: Annotation) => ({
  path,
  start_line: startLine,
  end_line: endLine,
  // GitHub refuses columns for more than one line.
  ...(startColumn !== undefined && startLine === endLine && { start_column: startColumn }),
  annotation_level: level,
  title,
  message,
});

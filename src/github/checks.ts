import type { Octokit } from '@octokit/rest';
import type { Annotation, CheckPlan, PostedCheck } from '../core/plan.ts';
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
 * Our check runs on a commit, the newest of each name and pull request (`#n:` at the start of the external id). A run that was
 * interrupted between its batches of annotations is in progress, under an external id that equals no plan's.
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
    const key = `${run.name} ${speaksFor(externalId)}`;
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

/** `#12` of `#12:3f9a…`. */
export const speaksFor = (externalId: string): string => externalId.slice(0, Math.max(externalId.indexOf(':'), 0));

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
    const created = posted.find(run => run.check.name === check.name && isRunOf(run.check.externalId, check));
    if (created === undefined) throw error;
    return created.check.id;
  });
  await appendBatches(octokit, repository, id, check, rest);
  return id;
}

/**
 * Makes a check run look as planned. Annotations can only be added: those that stand already are not sent again, and when one
 * stands that should not, a new run of the same name takes over. Returns the id of the new run, if there is one.
 */
export async function updateCheck(
  octokit: Octokit,
  repository: RepositoryRef,
  id: number,
  check: CheckPlan,
  identity: Identity,
): Promise<number | undefined> {
  const standing = await loadAnnotations(octokit, repository, id);
  const missing = without(check.annotations, standing);
  if (check.annotations.length - missing.length < standing.length)
    return createCheck(octokit, repository, check, identity);
  const batches = batchesOf(missing);
  await appendBatches(octokit, repository, id, check, batches.length === 0 ? [[]] : batches);
  return undefined;
}

/** What tells one annotation from another. */
const keyOf = ({ path, startLine, endLine, level, title, message }: Annotation): string =>
  JSON.stringify([path, startLine, endLine, level, title, message]);

/** The planned annotations that do not stand yet, each standing one counted once. */
function without(planned: readonly Annotation[], standing: readonly string[]): readonly Annotation[] {
  const left = [...standing];
  return planned.filter(annotation => {
    const index = left.indexOf(keyOf(annotation));
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

async function loadAnnotations(
  octokit: Octokit,
  { owner, name: repo }: RepositoryRef,
  check_run_id: number,
): Promise<readonly string[]> {
  const annotations = await octokit.paginate(octokit.rest.checks.listAnnotations, {
    owner,
    repo,
    check_run_id,
    per_page: 100,
  });
  return annotations.map(({ path, start_line, end_line, annotation_level, title, message }) =>
    JSON.stringify([path, start_line, end_line, annotation_level, title ?? '', message ?? '']),
  );
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

const isRunOf = (posted: string, { externalId }: CheckPlan): boolean =>
  posted === externalId || posted === unfinished(externalId);

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

/** Check runs, their annotations, and the suites that hold them. */
import { invalid, unprocessable } from './rest/request.ts';
import type { Annotation, App, CheckAction, CheckRun, CheckSuite, Repository, World } from './state.ts';

const MAX_ANNOTATIONS = 50;

const MAX_OUTPUT = 65_535;

const MAX_MESSAGE = 64 * 1024;

const limits = { label: 20, description: 40, identifier: 20 } as const;

/** The suite of that App on a commit, made when it is first needed. */
export function suiteOf(world: World, repository: Repository, app: App, headSha: string): CheckSuite {
  const known = repository.checkSuites.find(suite => suite.app === app && suite.headSha === headSha);
  if (known !== undefined) return known;
  // A commit that only a fork's branch has is on no branch here.
  const headBranch = [...repository.branches].find(([, sha]) => sha === headSha)?.[0] ?? null;
  const now = world.timestamp();
  const before = repository.git.commits.get(headSha)?.parents[0] ?? null;
  const suite: CheckSuite = { id: world.nextId(), app, headSha, headBranch, before, createdAt: now, updatedAt: now };
  repository.checkSuites.push(suite);
  return suite;
}

/** What `POST` and `PATCH` take, in REST's words. */
export type CheckRunDraft = {
  name?: string;
  head_sha?: string;
  status?: CheckRun['status'];
  conclusion?: string;
  external_id?: string;
  details_url?: string;
  started_at?: string;
  completed_at?: string;
  output?: { title?: string; summary: string; text?: string; annotations?: Annotation[] };
  actions?: readonly CheckAction[];
};

function checkAnnotation({
  start_line: start,
  end_line: end,
  start_column: from,
  end_column: to,
  message,
  raw_details: raw,
  title,
}: Annotation): void {
  const bad = (field: string, why: string) => invalid('CheckRun', `annotations.${field}`, 'invalid', why);
  if (end < start) throw bad('end_line', 'end_line must not be before start_line');
  if (start !== end && (from !== undefined || to !== undefined))
    throw bad('start_column', 'columns need start_line and end_line to be equal');
  if (Buffer.byteLength(message) > MAX_MESSAGE || message === '')
    throw bad('message', 'message must have 1 to 65536 bytes');
  if (Buffer.byteLength(raw ?? '') > MAX_MESSAGE) throw bad('raw_details', 'raw_details is too long');
  if ((title ?? '').length > 255) throw bad('title', 'title is too long');
}

/** Refuses as a whole what breaks one of GitHub's limits. */
export function checkDraft({ output, actions = [], status, conclusion }: CheckRunDraft): void {
  const { annotations = [] } = output ?? {};
  if (annotations.length > MAX_ANNOTATIONS)
    throw unprocessable('Invalid request.\n\nNo more than 50 items are allowed; more were supplied.');
  for (const field of ['summary', 'text'] as const)
    if ((output?.[field] ?? '').length > MAX_OUTPUT)
      throw invalid('CheckRun', field, 'too_long', `Only ${MAX_OUTPUT} characters are allowed`);
  annotations.forEach(checkAnnotation);
  if (actions.length > 3)
    throw unprocessable('Invalid request.\n\nNo more than 3 items are allowed; more were supplied.');
  for (const action of actions)
    for (const field of ['label', 'description', 'identifier'] as const)
      if (action[field].length > limits[field]) throw invalid('CheckRun', `actions.${field}`, 'too_long');
  if (status === 'completed' && conclusion === undefined)
    throw unprocessable('Invalid request.\n\nA conclusion is required for a completed check run.');
}

export function apply(world: World, run: CheckRun, draft: CheckRunDraft): void {
  const { output } = draft;
  run.name = draft.name ?? run.name;
  run.externalId = draft.external_id ?? run.externalId;
  run.detailsUrl = draft.details_url ?? run.detailsUrl;
  run.startedAt = draft.started_at ?? run.startedAt;
  run.actions = draft.actions ?? run.actions;
  run.status = draft.status ?? run.status;
  if (draft.conclusion !== undefined) {
    // A conclusion completes the run, whatever status came with it.
    run.status = 'completed';
    run.conclusion = draft.conclusion;
    run.completedAt = draft.completed_at ?? world.timestamp();
  } else if (draft.status !== undefined) {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (output !== undefined) {
    run.title = output.title ?? run.title;
    run.summary = output.summary;
    run.text = output.text ?? run.text;
    run.annotations.push(...(output.annotations ?? []));
  }
  run.suite.updatedAt = world.timestamp();
}

/** Adds a run of an App to a commit. Throws what GitHub answers to a draft that it refuses. */
export function addCheckRun(world: World, repository: Repository, app: App, draft: CheckRunDraft): CheckRun {
  const { name, head_sha: headSha } = draft;
  if (name === undefined || headSha === undefined) throw invalid('CheckRun', 'head_sha', 'missing_field');
  if (!repository.git.commits.has(headSha)) throw unprocessable(`No commit found for SHA: ${headSha}`);
  checkDraft(draft);
  const run: CheckRun = {
    id: world.nextId(),
    app,
    suite: suiteOf(world, repository, app, headSha),
    name,
    headSha,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: world.timestamp(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(world, run, draft);
  repository.checkRuns.push(run);
  return run;
}

/** Check runs, their annotations, and the suites that hold them. */
import { annotationJson, checkRunJson, checkSuiteJson } from './check-json.ts';
import { resolveRef } from './contents.ts';
import { latestRuns } from './mergeability.ts';
import type { OperationName } from './openapi.ts';
import {
  type Answer,
  type RepositoryRequest,
  type Route,
  created,
  forbidden,
  inRepository,
  invalid,
  notFound,
  ok,
  page,
  unprocessable,
} from './request.ts';
import type { Annotation, App, CheckAction, CheckRun, CheckSuite, JsonObject, Repository, World } from './state.ts';

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
function checkDraft({ output, actions = [], status, conclusion }: CheckRunDraft): void {
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

function apply(world: World, run: CheckRun, draft: CheckRunDraft): void {
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

function runIn({ repository, params }: RepositoryRequest): CheckRun {
  const run = repository.checkRuns.find(({ id }) => String(id) === params['check_run_id']);
  if (run === undefined) throw notFound();
  return run;
}

function suiteIn({ repository, params }: RepositoryRequest): CheckSuite {
  const suite = repository.checkSuites.find(({ id }) => String(id) === params['check_suite_id']);
  if (suite === undefined) throw notFound();
  return suite;
}

function listRuns(request: RepositoryRequest, runs: readonly CheckRun[], sha: string): Answer {
  const { world, repository, query } = request;
  const latest = new Set(latestRuns(repository, sha));
  const shown = runs
    .filter(run => query['filter'] === 'all' || latest.has(run))
    .filter(run => query['check_name'] === undefined || run.name === query['check_name'])
    .filter(run => query['app_id'] === undefined || run.app.id === query['app_id'])
    .filter(run => query['status'] === undefined || run.status === query['status'])
    .toReversed();
  return page(
    request,
    shown.map(run => checkRunJson(world, repository, run)),
    list => ({ total_count: shown.length, check_runs: list }),
  );
}

function commitSha({ repository, params }: RepositoryRequest): string {
  const commit = resolveRef(repository, params['ref'] ?? '');
  if (commit === undefined) throw unprocessable(`No commit found for SHA: ${params['ref'] ?? ''}`);
  return commit.sha;
}

export const checkRoutes = {
  'POST /repos/{owner}/{repo}/check-runs': inRepository('checks', 'write', ({ world, repository, body }) =>
    created(checkRunJson(world, repository, addCheckRun(world, repository, world.app, draftOf(body)))),
  ),
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': inRepository('checks', 'write', request => {
    const run = runIn(request);
    if (run.app !== request.world.app)
      throw forbidden(
        'Invalid app_id `' +
          String(request.world.app.id) +
          '` - check run can only be modified by the GitHub App that created it.',
      );
    const draft = draftOf(request.body);
    checkDraft(draft);
    apply(request.world, run, draft);
    return ok(checkRunJson(request.world, request.repository, run));
  }),
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': inRepository('checks', 'read', request =>
    ok(checkRunJson(request.world, request.repository, runIn(request))),
  ),
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': inRepository('checks', 'read', request => {
    const run = runIn(request);
    return page(
      request,
      run.annotations.map(each => annotationJson(request.world, request.repository, run, each)),
    );
  }),
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': inRepository('checks', 'read', request => {
    const sha = commitSha(request);
    return listRuns(
      request,
      request.repository.checkRuns.filter(({ headSha }) => headSha === sha),
      sha,
    );
  }),
  'GET /repos/{owner}/{repo}/commits/{ref}/check-suites': inRepository('checks', 'read', request => {
    const { world, repository, query } = request;
    const sha = commitSha(request);
    const shown = repository.checkSuites.filter(
      ({ headSha, app }) => headSha === sha && (query['app_id'] === undefined || app.id === query['app_id']),
    );
    return page(
      request,
      shown.map(suite => checkSuiteJson(world, repository, suite)),
      list => ({ total_count: shown.length, check_suites: list }),
    );
  }),
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}': inRepository('checks', 'read', request =>
    ok(checkSuiteJson(request.world, request.repository, suiteIn(request))),
  ),
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs': inRepository('checks', 'read', request => {
    const suite = suiteIn(request);
    return listRuns(
      request,
      request.repository.checkRuns.filter(run => run.suite === suite),
      suite.headSha,
    );
  }),
} satisfies Partial<Record<OperationName, Route>>;

const draftOf = (body: JsonObject): CheckRunDraft => body as unknown as CheckRunDraft;

/** Check runs and suites over REST. */
import { type CheckRunDraft, addCheckRun, apply, checkDraft } from '../checks.ts';
import { latestRuns } from '../mergeability.ts';
import type { OperationName } from '../openapi.ts';
import { resolveRef } from '../references.ts';
import type { CheckRun, CheckSuite, JsonObject, Repository } from '../state.ts';
import { annotationJson, checkRunJson, checkSuiteJson } from './check-json.ts';
import {
  type Answer,
  type RepositoryRequest,
  type Route,
  created,
  forbidden,
  inRepository,
  notFound,
  ok,
  page,
  unprocessable,
} from './request.ts';

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

/** Told of runs that were made or ended, so that webhooks can follow. */
export type CheckHappened = (action: 'created' | 'completed', repository: Repository, run: CheckRun) => void;

export const checkRoutes = (happened: CheckHappened) =>
  ({
    'POST /repos/{owner}/{repo}/check-runs': inRepository('checks', 'write', ({ world, repository, body }) => {
      const run = addCheckRun(world, repository, world.app, draftOf(body));
      happened('created', repository, run);
      if (run.status === 'completed') happened('completed', repository, run);
      return created(checkRunJson(world, repository, run));
    }),
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
      const wasCompleted = run.status === 'completed';
      apply(request.world, run, draft);
      if (run.status === 'completed' && !wasCompleted) happened('completed', request.repository, run);
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
  }) satisfies Partial<Record<OperationName, Route>>;

const draftOf = (body: JsonObject): CheckRunDraft => body;

import { answerCommands, isAnswerable } from './answer-commands.ts';
import { auditedDecisions, countFindings } from './core/audit.ts';
import type { AuditEntry } from './core/audit.ts';
import type { Contribution, Leaf } from './core/contribution.ts';
import { contentOf, readSeals, sealFor } from './core/decisions/content.ts';
import { decisionsOf, noDecisions } from './core/decisions/decisions.ts';
import type { Decisions } from './core/decisions/decisions.ts';
import { withDecisions } from './core/decisions/apply.ts';
import { mayWaive } from './core/decisions/may-waive.ts';
import { limitConcerns } from './core/concern-limit.ts';
import type { Layers } from './core/duplicates/layers.ts';
import { identify } from './core/finding.ts';
import { blockWhereCertified } from './core/judge/certification.ts';
import type { JudgedBy } from './core/judge/certification.ts';
import type { Concern, Finding } from './core/finding.ts';
import { judge } from './core/judge/judge.ts';
import { leavesToJudge } from './core/judge/leaves-to-judge.ts';
import { judgePairs, MAX_JUDGED_PAIRS } from './core/judge/pairs/judge-pairs.ts';
import type { PairJudging } from './core/judge/pairs/judge-pairs.ts';
import { docsOf } from './core/judge/criterion-docs.ts';
import { amendRubric } from './core/judge/rubric-amendments.ts';
import type { Rubric } from './core/judge/rubric.ts';
import { spenderOf } from './core/judge/spender.ts';
import type { Spent } from './core/judge/spent.ts';
import { hasEscalated } from './core/markers.ts';
import { inSilence, planNothing, planReview, planStart } from './core/plan-review.ts';
import type { ReviewFacts } from './core/plan/facts.ts';
import type { ReviewPlan } from './core/plan.ts';
import { alreadyAnswered } from './core/precheck/already-answered.ts';
import { precheck } from './core/precheck/precheck.ts';
import type { Precheck } from './core/precheck/precheck.ts';
import type { Policy } from './core/policy.ts';
import type { PullRequest, PullRequestRef, RepositoryRef } from './core/pull-request.ts';
import { pairsToJudge, possibleDuplicate } from './core/rules/duplicate-possible.ts';
import { checkContribution, ruleDocs } from './core/rules/index.ts';
import type { Facts } from './core/rules/rule.ts';
import { touchesPolicy } from './core/read-policy.ts';
import { touchesTaxonomy } from './core/taxonomy.ts';
import { decide } from './core/verdict.ts';
import type { JudgeState, Verdict } from './core/verdict.ts';
import { hearCommands, silence } from './hear-commands.ts';
import { lookUpDocuments } from './documents.ts';
import { findLeavesBefore } from './leaves-before.ts';
import { findNeighbours } from './neighbourhood.ts';
import type { ByMeaning } from './neighbourhood.ts';
import type { Ask, Examples, GitHub, Meanings, ParseFiles } from './ports.ts';
import { loadPolicyOf } from './policy-of.ts';
import { loadProposedPolicy } from './proposed-policy.ts';
import { startPublishing } from './publish.ts';
import { isAnswered, takesPart } from './taking-part.ts';

/** What a review needs from outside. Without `ask` there is no model, and the judge's check says so. */
export type ReviewPorts = {
  readonly github: GitHub;
  readonly examples: Examples;
  readonly parse: ParseFiles;
  readonly ask?: Ask;
  /** Comparison by meaning; without it a policy that wants it gets words alone. */
  readonly meanings?: Meanings;
  /** The model that is to be taught, for the precheck. */
  readonly student?: { readonly ask: Ask; readonly model: string };
  /** What the pull request cost so far. */
  readonly spent?: (ref: PullRequestRef) => Promise<Spent>;
  /** Keeps a record of reviews that changed something. */
  readonly record?: (entry: AuditEntry) => Promise<void>;
  /** When the repository came to an installation that was there before (ISO 8601); undefined for those that it began with. */
  readonly addedAt?: (repository: RepositoryRef) => Promise<string | undefined>;
  readonly now: () => Date;
  /** Gives the other work of this thread a turn; a turn of the event loop unless told. */
  readonly pause?: () => Promise<void>;
};

/** What is the same for every review of this installation of Assay. */
export type ReviewSettings = {
  /** Web address of the GitHub that links point to, such as `https://github.com`. */
  readonly host: string;
  /** The host whose repositories are looked up as documents of knowledge, in lower case; that of `host` unless told. */
  readonly documentHost?: string;
  readonly appSlug: string;
  /** Of Assay itself, for the record. */
  readonly version?: string;
  /** Secret of this server: no contributor can guess the delimiters that are made with it. */
  readonly judgeKey: string;
  /** True when the replies are samples written by hand, so that everything shown says so. */
  readonly hasSampleJudge?: boolean;
  /** Repository on that GitHub that holds our documentation; findings link to their rule there. */
  readonly docs?: { readonly owner: string; readonly name: string };
};

/** Why the review was asked for. */
export type ReviewCause = {
  /** Whether an event ever named this pull request; decides about those older than the installation. True unless told. */
  readonly wasTouched?: () => Promise<boolean>;
  /** A person asked for the checks to run again: GitHub shows their suite as queued until a run of ours begins anew. */
  readonly isRerun?: boolean;
};

/** How a review ended. */
export type Reviewed =
  | { readonly type: 'published'; readonly verdict: Verdict; readonly plan: ReviewPlan; readonly writes: number }
  /** A newer head, or a close, came in between: nothing more was written. */
  | { readonly type: 'superseded' }
  /** Older than the installation and untouched since: known to the index, not answered. */
  | { readonly type: 'indexed' }
  | { readonly type: 'closed' }
  | { readonly type: 'gone' }
  /** The base branch has neither a policy nor a taxonomy. */
  | { readonly type: 'not-taking-part' };

/**
 * THE STORY: load → parse → check → judge → decide → plan → diff → apply. May be run at any time, any number of times: a second
 * run over the same state writes nothing. Throws on trouble with GitHub or the store, so that the job is tried again.
 */
export async function reviewPullRequest(
  ref: PullRequestRef,
  ports: ReviewPorts,
  settings: ReviewSettings,
  { wasTouched = () => Promise.resolve(true), isRerun = false }: ReviewCause = {},
): Promise<Reviewed> {
  const { github, examples, parse, now } = ports;
  const pullRequest = await github.loadPullRequest(ref);
  if (pullRequest === undefined || pullRequest.state === 'closed') {
    await examples.removePullRequest(ref);
    return { type: pullRequest === undefined ? 'gone' : 'closed' };
  }

  const [taxonomy, { policy, problem, text: policyText }, comments] = await Promise.all([
    github.loadTaxonomy(pullRequest.repository, pullRequest.baseSha),
    loadPolicyOf(pullRequest.repository, pullRequest.baseSha, github),
    github.loadComments(ref),
  ]);
  if (!takesPart(taxonomy, policyText)) return { type: 'not-taking-part' };

  const posted = await github.loadPosted(pullRequest, comments);
  const answers = await isAnswered(pullRequest, posted, ports, wasTouched);
  const { isLocked = false } = pullRequest;
  const isTouched = touchesTaxonomy(pullRequest) || touchesPolicy(pullRequest);
  const publisher = startPublishing(pullRequest, policy.mode, posted, github);

  const listens = answers && policy.mode === 'active';
  const heard = listens ? await hearCommands(pullRequest, comments, policy, settings.appSlug, github) : silence;
  const content = contentOf(pullRequest);
  const seal = sealFor(settings.judgeKey, pullRequest);
  const kept = readSeals(posted.comment?.body);
  const decidedOn = (findings: readonly Finding[]): Decisions =>
    heard.decisions.length === 0
      ? noDecisions
      : decisionsOf(heard.decisions, { headSince: posted.headSince, content, seal, kept, findings, mayWaive });

  if (answers) {
    const start = isTouched ? planStart(pullRequest, isRerun) : planStart(pullRequest, isRerun, ['assay/rules']);
    if ((!publisher.hasBegun() || isRerun) && !(await publisher.publish(start))) return { type: 'superseded' };
  }

  const contribution = await parse(pullRequest.files);
  const byMeaning = meaningFor(pullRequest, policy, ports.meanings);
  const neighbourhood = await findNeighbours(pullRequest, contribution, taxonomy, ports, now(), byMeaning);
  if (!answers) return { type: 'indexed' };
  const leavesBefore = await findLeavesBefore(pullRequest, taxonomy, ports);
  const { pause = giveTurn } = ports;
  const { documentHost = new URL(settings.host).hostname } = settings;
  const documents = policy.documents.lookUp
    ? await lookUpDocuments(contribution.leaves, { documents: github.documents, pause, host: documentHost })
    : undefined;

  const rubric = amendRubric(policy.judge.rubric);
  const docs = [...ruleDocs, ...docsOf(rubric)];
  let answered = new Set<number>();
  /** What was found and what people said about it, with an answer to those who asked for something that can be told by now. */
  const weigh = async (found: readonly Concern[], isAll: boolean): Promise<Weighed> => {
    const findings = identify(found);
    const decisions = decidedOn(findings);
    const judged = withDecisions(findings, decisions);
    if (!isLocked) {
      const ready = heard.pending.filter(
        one => !answered.has(one.comment.id) && (isAll || isAnswerable(one, findings)),
      );
      await answerCommands(pullRequest, ready, comments, { decisions, findings: judged, docs }, github);
      answered = new Set([...answered, ...ready.map(({ comment }) => comment.id)]);
    }
    return { verdict: decide(judged, contribution, pullRequest.incomplete ?? heard.incomplete), decisions };
  };

  const publish = async (
    { verdict, decisions }: Weighed,
    judgeState: JudgeState,
    { prechecked, pairs }: { readonly prechecked?: Precheck | undefined; readonly pairs?: Layers['judge'] } = {},
  ): Promise<Reviewed> => {
    const spent = await ports.spent?.(ref);
    const facts = {
      pullRequest,
      contribution,
      verdict,
      decisions,
      wasEscalated: hasEscalated(posted.comment?.body),
      judge: judgeState,
      precheck: prechecked,
      layers: { ...(neighbourhood.meaning && { meaning: neighbourhood.meaning }), ...(pairs && { judge: pairs }) },
      policy,
      policyProblem: problem,
      spent,
      settings,
    };
    const plan = isTouched ? planReview(facts) : planNothing(pullRequest, policy);
    const isPublished = await publisher.publish(isLocked ? inSilence(plan) : plan);
    if (isPublished && judgeState.type !== 'pending' && (publisher.writes() > 0 || answered.size > 0))
      await ports.record?.(entryOf(facts, rubric, now()));
    return isPublished ? { type: 'published', verdict, plan, writes: publisher.writes() } : { type: 'superseded' };
  };

  const proposedPolicy = await loadProposedPolicy(pullRequest, github);
  const known = {
    pullRequest,
    taxonomy,
    neighbourhood,
    policy,
    leavesBefore,
    ...(documents && { documents }),
    ...(proposedPolicy && { proposedPolicy }),
  };
  const concerns = [...contribution.concerns, ...checkContribution(contribution, known)];
  const told = limitConcerns(concerns);
  const leaves = leavesToJudge(contribution.leaves, concerns);
  const obstacle = obstacleToJudging(leaves, pullRequest, policy, ports.ask);
  if (obstacle !== undefined || ports.ask === undefined)
    return publish(await weigh(told, true), obstacle ?? { type: 'not-configured' });

  // What the rules say is shown while the judge reads, unless its earlier result for this head still stands: then the stored
  // replies are at hand, and taking the result away for a moment would be noise.
  const checked = await weigh(told, false);
  if (isRerun || !publisher.hasCompleted('assay/judge')) {
    const early = await publish(checked, { type: 'pending' });
    if (early.type !== 'published') return early;
  }
  const spender = spenderOf(pullRequest, policy, checked.decisions.isJudgeFree);
  const judged = await judge(leaves, { ask: ports.ask, key: settings.judgeKey, spender, rubric, pause });
  const read = await readPairs(
    { contribution, known, leaves, concerns },
    { ask: ports.ask, key: settings.judgeKey, spender, pause },
  );
  const remarks = blockWhereCertified(judged.concerns, policy.judge, judgedBy(judged.state, rubric));
  const isPrecheckWanted = policy.judge.precheck === 'on' || checked.decisions.isPrechecked;
  const { ask, student } = ports;
  const prechecked: Precheck | undefined = !isPrecheckWanted
    ? undefined
    : student === undefined
      ? { type: 'no-student' }
      : await precheck(leaves, { student, ask, key: settings.judgeKey, spender, rubric, pause });
  const all = [...limitConcerns(read.concerns), ...remarks, ...alreadyAnswered(prechecked)];
  return publish(await weigh(all, true), judged.state, { prechecked, pairs: read.told });
}

/** Whose labels count; nobody's unless the judge came to its end. */
const judgedBy = (state: JudgeState, { version }: Rubric): JudgedBy | undefined =>
  state.type === 'judged' && state.model !== undefined ? { rubric: version, model: state.model } : undefined;

/** A verdict, and the decisions of people that are in it. */
type Weighed = { readonly verdict: Verdict; readonly decisions: Decisions };

/** What is kept of a review that changed something, or answered somebody. */
const entryOf = (
  { pullRequest, verdict, decisions, judge: state, settings }: ReviewFacts & { readonly settings: ReviewSettings },
  rubric: Rubric,
  now: Date,
): AuditEntry => ({
  at: now.toISOString(),
  repository: pullRequest.repository,
  number: pullRequest.number,
  kind: 'review',
  headSha: pullRequest.headSha,
  baseSha: pullRequest.baseSha,
  outcome: verdict.outcome,
  findings: countFindings(verdict.findings),
  versions: {
    assay: settings.version ?? '',
    rubric: rubric.version,
    ...(state.type === 'judged' && state.model !== undefined && { model: state.model }),
  },
  decisions: auditedDecisions(decisions),
});

/** Comparison by meaning costs calls: a policy switches it on. */
const meaningFor = (pullRequest: PullRequest, policy: Policy, meanings: Meanings | undefined): ByMeaning | undefined =>
  meanings === undefined || policy.duplicates.meaning === 'off'
    ? undefined
    : { meanings, nearness: policy.duplicates.nearness, spender: spenderOf(pullRequest, policy, false) };

/** What was found once the judge has read the pairs that may be the same, where the policy has it read them. */
async function readPairs(
  { contribution, known, leaves, concerns }: Found,
  judging: PairJudging,
): Promise<{ readonly concerns: readonly Concern[]; readonly told?: Layers['judge'] }> {
  if (known.policy.duplicates.judge === 'off') return { concerns };
  const pairs = pairsToJudge(contribution, known, leaves).slice(0, MAX_JUDGED_PAIRS);
  const opinions = await judgePairs(pairs, judging);
  const { id } = possibleDuplicate.doc;
  const others = concerns.filter(({ rule }) => rule !== id);
  return {
    concerns:
      opinions.size === 0 ? concerns : [...others, ...possibleDuplicate.check(contribution, { ...known, opinions })],
    told: { asked: pairs.length, told: opinions.size },
  };
}

type Found = {
  readonly contribution: Contribution;
  readonly known: Facts;
  /** What may be sent to a model. */
  readonly leaves: readonly Leaf[];
  readonly concerns: readonly Concern[];
};

const giveTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Why the judge is not asked, if it is not. */
function obstacleToJudging(
  leaves: readonly Leaf[],
  { isDraft }: PullRequest,
  policy: Policy,
  ask: Ask | undefined,
): JudgeState | undefined {
  if (!policy.judge.enabled) return { type: 'switched-off' };
  if (isDraft)
    return { type: 'nothing-to-judge', reason: 'Drafts are not judged; it happens when the pull request is ready.' };
  if (leaves.every(leaf => leaf.examples.length === 0)) {
    return { type: 'nothing-to-judge', reason: 'It reads only files in which the rules found no errors.' };
  }
  return ask === undefined ? { type: 'not-configured' } : undefined;
}

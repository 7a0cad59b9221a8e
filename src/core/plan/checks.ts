import { codeSpan, escapeMessage, escapeText } from '../escape.ts';
import { isByJudge, isForCommentOnly } from '../finding-order.ts';
import type { CheckPlan, Conclusion } from '../plan.ts';
import { renderGates, renderRemarks } from '../render/check.ts';
import { renderRecord } from '../render/record.ts';
import { judgeSentence, judgeTitle } from '../render/judge.ts';
import { precheckSentence } from '../render/precheck.ts';
import { count, summarise } from '../render/words.ts';
import { annotate, identifyCheck, tellUnmarked } from './check.ts';
import { placeOf, whyIncomplete } from './facts.ts';
import type { ReviewFacts } from './facts.ts';

const OBSERVE_NOTE = 'This repository only observes for now: whatever is found, this check blocks nothing.';

/** `assay/rules`: red for what the contributor must change, never green for what was not looked at. */
export function planRules(facts: ReviewFacts): CheckPlan {
  const { pullRequest, contribution, verdict, policy } = facts;
  const findings = verdict.findings.filter(finding => !isByJudge(finding) && !isForCommentOnly(finding));
  const incomplete = whyIncomplete(facts);
  const hasErrors = findings.some(({ severity }) => severity === 'error');
  const { holds } = facts.decisions;
  const isHeld = holds.length > 0;
  const conclusion: Conclusion = hasErrors
    ? 'failure'
    : incomplete === undefined && !isHeld
      ? 'success'
      : 'action_required';
  const reviewed = contribution.account.filter(({ state }) => state === 'reviewed').length;
  const check = {
    name: 'assay/rules' as const,
    headSha: pullRequest.headSha,
    conclusion: policy.mode === 'observe' ? ('neutral' as const) : conclusion,
    title: isHeld && !hasErrors ? 'On hold' : titles[conclusion](summarise(findings)),
    summary: paragraphs([
      policy.mode === 'observe' ? OBSERVE_NOTE : '',
      `${count(reviewed, 'file')} of the taxonomy looked at: ${summarise(findings) || 'nothing to change'}.`,
      tellUnmarked(findings.length),
      tellPolicyProblem(facts),
      ...holds.map(
        ({ by, reason }) =>
          `On hold by ${escapeText(by.login, 60)}${reason === undefined ? '' : `: “${escapeMessage(reason, 500)}”`}. A triager ends it with ${codeSpan('/assay unhold')}.`,
      ),
      hasErrors ? 'Please make the changes and push; Assay looks again after every push.' : '',
      incomplete === undefined ? '' : `Not everything was looked at: ${escapeMessage(incomplete, 600)}`,
      hasErrors || incomplete === undefined ? '' : 'A maintainer has to look at this by hand.',
    ]),
    text: renderGates(findings, contribution, placeOf(facts)),
    annotations: annotate(findings),
  };
  // Without the cost: it grows while the judge reads, and this check is written before.
  return identifyCheck(
    pullRequest.number,
    check,
    renderRecord({ pullRequest, settings: facts.settings, layers: facts.layers }),
  );
}

const titles: Readonly<Record<Conclusion, (found: string) => string>> = {
  failure: found => found,
  action_required: () => 'Not everything could be looked at',
  success: found => (found === '' ? 'Nothing to change' : `Nothing to change; ${found}`),
  neutral: found => found,
};

/**
 * `assay/judge`: advice, and green only when the judge read everything and had nothing to say. Red only for remarks that labels
 * of triagers have certified to block.
 */
export function planJudge(facts: ReviewFacts): CheckPlan {
  const { pullRequest, verdict, judge, policy, settings } = facts;
  const remarks = verdict.findings.filter(isByJudge);
  const isClear = judge.type === 'judged' && judge.unsettled.length === 0 && remarks.length === 0;
  const blocking = remarks.filter(({ severity }) => severity === 'error').length;
  const active: Conclusion = blocking > 0 ? 'failure' : isClear ? 'success' : 'neutral';
  const conclusion = policy.mode === 'active' ? active : 'neutral';
  const isSample = settings.hasSampleJudge === true && judge.type === 'judged';
  const text = judge.type === 'pending' ? '' : renderRemarks(facts, remarks, placeOf(facts));
  return identifyCheck(pullRequest.number, {
    name: 'assay/judge',
    headSha: pullRequest.headSha,
    ...(judge.type !== 'pending' && { conclusion }),
    title: `${isSample ? 'Sample replies: ' : ''}${judgeTitle(judge, remarks.length, blocking)}`,
    summary: paragraphs([
      judgeSentence(judge, { noticed: remarks.length, blocking, isSample }),
      precheckSentence(facts.precheck),
      tellUnmarked(remarks.length),
      tellPolicyProblem(facts),
    ]),
    ...(text !== '' && { text }),
    annotations: judge.type === 'pending' ? [] : annotate(remarks),
  });
}

/** For those who keep the policy: a check is what they look at when it does not do as they wrote. */
export const tellPolicyProblem = ({ policyProblem }: Pick<ReviewFacts, 'policyProblem'>): string =>
  policyProblem === undefined ? '' : `For maintainers: ${escapeMessage(policyProblem, 600)}`;

const paragraphs = (sentences: readonly string[]): string => sentences.filter(sentence => sentence !== '').join('\n\n');

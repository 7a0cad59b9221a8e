import type { Leaf } from '../../../src/core/contribution.ts';
import type { Concern, Evidence } from '../../../src/core/finding.ts';
import { judge } from '../../../src/core/judge/judge.ts';
import type { JudgeOptions } from '../../../src/core/judge/judge.ts';
import type { Ask, ModelReply } from '../../../src/core/judge/model.ts';
import { standardRubric } from '../../../src/core/judge/rubric.ts';
import { readPrompt } from '../../simulator/model/read-prompt.ts';
import type { ModelCall, Script } from '../../simulator/model/start-model.ts';
import { KEY, SPENDER } from './example-leaf.ts';

export const NO_TOKENS = { promptTokens: 0, completionTokens: 0 };

/** A model without a network: the script's messages as replies. */
export function askScript(script: Script): { ask: Ask; calls: ModelCall[] } {
  const calls: ModelCall[] = [];
  const ask: Ask = async request => {
    const call: ModelCall = {
      ...readPrompt(request.system, request.user),
      body: {},
      authorization: undefined,
      path: '/v1/chat/completions',
      azureKey: undefined,
      ordinal: calls.length + 1,
    };
    calls.push(call);
    const reply = await script(call);
    if (reply.type !== 'message') {
      return { outcome: 'malformed', reason: 'The reply of the model is too large.', usage: NO_TOKENS };
    }
    return { outcome: 'ok', text: reply.content ?? '', model: 'scripted', usage: NO_TOKENS, isStored: false };
  };
  return { ask, calls };
}

/** Judges with a script in place of a model. */
export const run = (leaves: readonly Leaf[], script: Script, options: Partial<JudgeOptions> = {}) =>
  judge(leaves, { ask: askScript(script).ask, key: KEY, spender: SPENDER, ...options });

export const failing =
  (outcome: Exclude<ModelReply['outcome'], 'ok'>, reason = 'Because.'): Ask =>
  () =>
    Promise.resolve({ outcome, reason, usage: NO_TOKENS });

const criteria = Object.values(standardRubric.criteria).flat();
const ids = new Set([...criteria.map(({ id }) => `judge/${id}`), 'judge/injection-suspected']);
const complaints = new Set(criteria.map(({ complaint }) => complaint));

/** What a concern of the judge must never be, whatever the model said. */
export function harmIn(concerns: readonly Concern[], leaves: readonly Leaf[]): readonly string[] {
  const texts = new Map(
    leaves.flatMap(leaf =>
      [leaf.taskDescription, ...leaf.examples.flatMap(({ question, answer, context }) => [question, answer, context])]
        .filter(text => text !== undefined)
        .map(text => [`${leaf.path} ${text.yamlPath}`, text.value] as const),
    ),
  );
  const isOfFile = (path: string, { field, quote }: Evidence): boolean =>
    (texts.get(`${path} ${field}`) ?? '').includes(quote) && quote.length <= 1_000;
  return concerns.flatMap(({ rule, severity, message, location, evidence = [], suggestion, related }) => [
    ...(ids.has(rule) ? [] : [`rule ${rule}`]),
    ...(complaints.has(message) || rule === 'judge/injection-suspected' ? [] : [`message ${message}`]),
    ...(message.length <= 600 ? [] : ['a long message']),
    ...(severity === 'error' ? ['an error'] : []),
    ...(evidence.length <= 2 && evidence.every(one => isOfFile(location.path, one))
      ? []
      : ['evidence not in the file']),
    ...(suggestion === undefined && related === undefined ? [] : ['a suggestion or a link']),
  ]);
}

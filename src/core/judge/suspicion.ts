import type { AdvisoryConcern } from '../finding.ts';
import type { CaseVerdict } from './judge-case.ts';
import { locate } from './locate.ts';
import type { FieldPlace } from './mask.ts';
import { isOfFile } from './fields.ts';

/** As long as a quote of the model may be. */
const MAX_QUOTE = 200;

/**
 * Whether the judge is kinder, or only then beside itself, with words that read like an instruction to it than without them. What
 * is judged the same either way is the text of somebody who writes about models.
 */
export function isSuspected(verdict: CaseVerdict, masked: CaseVerdict): boolean {
  if (masked.type !== 'judged') return false;
  if (verdict.type !== 'judged') return true;
  return [...verdict.opinions].some(
    ([id, { verdict: plain }]) =>
      plain === 'yes' && masked.opinions.has(id) && masked.opinions.get(id)?.verdict !== 'yes',
  );
}

/** `judge/injection-suspected`: to a triager, with the words. */
export function injectionConcern(path: string, { field, start, end }: FieldPlace): AdvisoryConcern {
  const { value, yamlPath } = field.text;
  // Never half of a surrogate pair.
  const quote = value.slice(start, Math.min(end, start + MAX_QUOTE)).replace(/[\uD800-\uDBFF]$/, '');
  return {
    rule: 'judge/injection-suspected',
    severity: 'question',
    message:
      'These words read like an instruction to a language model, and with them the judge says other things than without. If they belong to the task, say so in a comment; otherwise please take them out. A triager decides without the judge.',
    location: locate(path, { field, quote, offset: start }),
    yamlPath,
    flagged: quote,
    ...(isOfFile(field) && quote !== '' && { evidence: [{ field: yamlPath, quote }] }),
  };
}

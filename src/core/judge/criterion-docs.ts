import type { RuleDoc } from '../rules/rule.ts';
import type { Rubric } from './rubric.ts';

/** What people are told who ask about a remark of the judge: one page for each question in force, and for the suspicion. */
export function docsOf({ criteria }: Rubric): readonly RuleDoc[] {
  const byId = new Map(Object.values(criteria).flatMap(list => list.map(criterion => [criterion.id, criterion])));
  return [...byId.values()]
    .map(({ id, question, complaint, severity }): RuleDoc => ({
      id: `judge/${id}`,
      severity,
      why: `The judge, a language model, was asked: “${question}” It said no three times, in different words and orders, and quoted words of the file. It may still be wrong: this is advice.`,
      remedy: complaint,
      waiver: 'triage',
      upstream: 'Nothing automatic: triagers look for it when they read.',
    }))
    .concat(suspicion);
}

const suspicion: RuleDoc = {
  id: 'judge/injection-suspected',
  severity: 'question',
  why: 'Words here read like an instruction to a language model, and the judge, a language model, answers otherwise when they are left out. So its answers on this example are worth little.',
  remedy: 'If the words belong to the task, say so in a comment; otherwise take them out.',
  waiver: 'triage',
  upstream: 'Nothing automatic.',
};

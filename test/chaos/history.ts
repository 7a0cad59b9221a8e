import { soundSkill, topicOf, unsoundSkill } from '../stories/contributions.ts';
import type { Files } from '../stories/contributions.ts';
import type { Taxonomy } from '../stories/taxonomy.ts';
import type { GitHub } from '../simulator/github.ts';
import type { Random } from './random.ts';

/** One thing that people do. Whatever the order in which Assay hears of them, they lead to one end. */
export type Step =
  | { readonly type: 'open'; readonly files: Files }
  | { readonly type: 'push'; readonly number: number; readonly files: Files }
  | { readonly type: 'say'; readonly number: number; readonly body: string }
  | { readonly type: 'close and reopen'; readonly number: number }
  | { readonly type: 'move the base' };

/** Two pull requests, and so many things that happen to them. No two pull requests share a topic, so no reply of the model. */
export function historyFrom({ below, pick }: Random, length: number): readonly Step[] {
  const first = below(8);
  const filesOf = (number: number): Files => {
    const [topic, other] = [topicOf(first + number), topicOf(first + number + 16)];
    return pick<() => Files>([
      () => soundSkill(topic),
      () => unsoundSkill(topic),
      () => ({ ...soundSkill(topic), ...unsoundSkill(other) }),
    ])();
  };
  const steps: Step[] = [1, 2].map(number => ({ type: 'open', files: filesOf(number) }));
  while (steps.length < length + 2) {
    const number = 1 + below(2);
    steps.push(
      pick<() => Step>([
        () => ({ type: 'push', number, files: filesOf(number) }),
        () => ({ type: 'push', number, files: filesOf(number) }),
        () => ({ type: 'say', number, body: '/assay help' }),
        () => ({ type: 'say', number, body: '/assay review' }),
        () => ({ type: 'close and reopen', number }),
        () => ({ type: 'move the base' }),
      ])(),
    );
  }
  return steps;
}

/** Does it on GitHub and waits for nothing but the answer to its deliveries. */
export async function take(step: Step, { name, pull }: Taxonomy, { people }: Pick<GitHub, 'people'>): Promise<void> {
  switch (step.type) {
    case 'open': {
      const about = { repository: name, author: 'mira', title: 'Add a leaf', fork: true };
      await people.openPullRequest({ ...about, files: step.files });
      return;
    }
    case 'push':
      await people.push({ ...pull(step.number), files: step.files });
      return;
    case 'say':
      await people.comment({ ...pull(step.number), by: 'mira', body: step.body });
      return;
    case 'close and reopen':
      await people.close({ ...pull(step.number), by: 'mira' });
      await people.reopen({ ...pull(step.number), by: 'mira' });
      return;
    case 'move the base':
      await people.pushToBranch({ repository: name, by: 'ines', files: { 'README.md': 'Moved on.\n' } });
  }
}

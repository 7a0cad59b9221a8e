import { standardRubric } from '../../../src/core/judge/rubric.ts';
import { sentinelsOf } from '../../../src/core/judge/sentinels/pick.ts';

/** One field of an example as a model would make it out in a prompt. */
export type SeenField = { readonly name: string; readonly text: string };

/** One example of a checklist, or the task of a blind solve. */
export type SeenExample = {
  /** Of the example in this message; empty in a blind solve. */
  readonly id: string;
  readonly fields: readonly SeenField[];
  /**
   * What no model can know, and the author of a test does: the example is one of Assay's own, and of these criteria one must get a
   * no. Undefined for the contributed example.
   */
  readonly breaks?: readonly string[];
};

/** One question of a checklist. */
export type SeenQuestion = { readonly id: string; readonly evidenceIn: string };

/** What a model sees of one request. */
export type SeenPrompt = {
  readonly system: string;
  readonly user: string;
  /** Every example, in the order shown. */
  readonly examples: readonly SeenExample[];
  /** Fields of the contributed example. */
  readonly fields: readonly SeenField[];
  /** Ids of the questions, in the order asked; none in a blind solve. */
  readonly questions: readonly string[];
  readonly asked: readonly SeenQuestion[];
  /** A word of each list is asked for as well. */
  readonly isSorted: boolean;
};

/** Reads a prompt as a model would, from its text alone: the server knows nothing of how the judge writes it. */
export function readPrompt(system: string, user: string): SeenPrompt {
  const nonce = /^The id of this message is ([0-9a-f]+)\.$/m.exec(user)?.[1] ?? 'none';
  const block = new RegExp(`^BEGIN ${nonce} ((?:[0-9a-f]{12} )?)(\\w+)\\n([\\s\\S]*?)\\nEND ${nonce}$`, 'gm');
  const seen = [...user.matchAll(block)].map(([, id = '', name = '', text = '']) => ({ id: id.trim(), name, text }));
  const examples = [...Map.groupBy(seen, ({ id }) => id)].map(([id, fields]) => asKnown(id, fields));
  const asked = [...system.matchAll(/^- ([a-z0-9-]+): .* Evidence from: (\w+)\.$/gm)].map(
    ([, id = '', evidenceIn = '']) => ({ id, evidenceIn }),
  );
  return {
    system,
    user,
    examples,
    fields: examples.find(({ breaks }) => breaks === undefined)?.fields ?? [],
    questions: asked.map(({ id }) => id),
    asked,
    isSorted: /^- activity: /m.test(system),
  };
}

/** The text of a field; empty when the example has none. */
export const fieldOf = ({ fields }: Pick<SeenPrompt, 'fields'>, name: string): string =>
  fields.find(field => field.name === name)?.text ?? '';

const known: ReadonlyMap<string, readonly string[]> = new Map(
  Object.keys(standardRubric.criteria).flatMap(kind =>
    sentinelsOf(kind as keyof typeof standardRubric.criteria).map(({ fields, breaks }) => [
      keyOf(fields.map(({ name, text }) => ({ name, text: text.value }))),
      breaks,
    ]),
  ),
);

function asKnown(id: string, fields: readonly (SeenField & { id: string })[]): SeenExample {
  const shown = fields.map(({ name, text }) => ({ name, text }));
  const breaks = known.get(keyOf(shown));
  return { id, fields: shown, ...(breaks && { breaks }) };
}

function keyOf(fields: readonly SeenField[]): string {
  return JSON.stringify(fields.map(({ name, text }) => [name, text]));
}

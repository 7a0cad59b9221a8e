/** One field of an example as a model would make it out in a prompt. */
export type SeenField = { readonly name: string; readonly text: string };

/** What a model sees of one request. */
export type SeenPrompt = {
  readonly system: string;
  readonly user: string;
  readonly fields: readonly SeenField[];
  /** Ids of the questions, in the order asked. */
  readonly questions: readonly string[];
};

/** Reads a prompt as a model would, from its text alone: the server knows nothing of how the judge writes it. */
export function readPrompt(system: string, user: string): SeenPrompt {
  const id = /^The id of this message is ([0-9a-f]+)\.$/m.exec(user)?.[1] ?? 'none';
  const block = new RegExp(`^BEGIN ${id} (\\w+)\\n([\\s\\S]*?)\\nEND ${id} \\1$`, 'gm');
  return {
    system,
    user,
    fields: [...user.matchAll(block)].map(([, name = '', text = '']) => ({ name, text })),
    questions: [...system.matchAll(/^- ([a-z-]+): .* Evidence from: \w+\.$/gm)].map(([, question = '']) => question),
  };
}

/** The text of a field; empty when the example has none. */
export const fieldOf = ({ fields }: SeenPrompt, name: string): string =>
  fields.find(field => field.name === name)?.text ?? '';

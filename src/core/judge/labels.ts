import { z } from 'zod';

const verdictSchema = z.enum(['yes', 'no', 'cannot_tell']);
const name = z.string().trim().min(1).max(200);

/** What the judge and people said to one question about one seed example: a line of a labels file. */
const labelSchema = z.strictObject({
  /** Of the example, for people; anything. */
  example: z.string().max(500).exactOptional(),
  criterion: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/, 'must be the id of a question, such as answer-correct'),
  rubric: z.string().trim().min(1).max(100),
  model: name,
  judge: verdictSchema,
  /** The same call made again without the stored reply. */
  again: z.array(verdictSchema).max(100).default([]),
  /** How sure the judge was, if it says so: 0 to 1. */
  confidence: z.number().min(0).max(1).exactOptional(),
  triagers: z
    .record(name, verdictSchema)
    .refine(given => Object.keys(given).length > 0, 'must name at least one triager'),
});

/** One line of a labels file, read. */
export type Label = z.output<typeof labelSchema>;

/** What a person or the judge says to a question. */
export type LabelVerdict = z.output<typeof verdictSchema>;

/** The labels, or in one sentence why the file cannot be used. */
export type LabelsReading =
  | { readonly type: 'labels'; readonly labels: readonly Label[]; readonly rubric: string; readonly model: string }
  | { readonly type: 'refused'; readonly problem: string };

/**
 * Reads a labels file: one JSON object a line, empty lines aside. All of it must speak of one model and one rubric, because a
 * certification does. Takes anything; never throws.
 */
export function readLabels(text: string): LabelsReading {
  const labels: Label[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const parsed = labelSchema.safeParse(parseJson(line));
    if (!parsed.success) return refuse(index + 1, complaintOf(parsed.error));
    const { rubric, model } = labels[0] ?? parsed.data;
    if (parsed.data.rubric !== rubric || parsed.data.model !== model) {
      return refuse(
        index + 1,
        `it is about ${parsed.data.model} with rubric ${parsed.data.rubric}, those before about ${model} with rubric ${rubric}. A certification is for one model and one rubric: split the file`,
      );
    }
    labels.push(parsed.data);
  }
  const [first] = labels;
  if (first === undefined) return { type: 'refused', problem: 'There are no labels in it.' };
  return { type: 'labels', labels, rubric: first.rubric, model: first.model };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function complaintOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined || issue.path.length === 0) {
    return issue?.code === 'unrecognized_keys'
      ? `there is no key "${issue.keys.join('", "')}"`
      : 'it is not a JSON object';
  }
  return `"${issue.path.join('.')}": ${issue.message}`;
}

const refuse = (line: number, what: string): LabelsReading => ({ type: 'refused', problem: `Line ${line}: ${what}.` });

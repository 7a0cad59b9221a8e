import type { Leaf, SeedExample, Text } from '../contribution.ts';
import type { AdvisoryConcern, Evidence } from '../finding.ts';
import type { Criterion } from './criterion.ts';
import type { Facets } from './facets.ts';
import { fieldsOfFile, isOfFile } from './fields.ts';
import { featuresOf, mostAlike } from './file-features.ts';
import type { JudgedExample } from './file-features.ts';
import { judgeCase } from './judge-case.ts';
import type { Judging } from './judge-example.ts';
import { isTooLong, judgeTwice, judgedOf, tooLong } from './judged.ts';
import type { Judged } from './judged.ts';
import { fileKindOf } from './rubric.ts';
import type { Opinion } from './vote.ts';
import { aboutWords, weigh } from './weigh.ts';

/**
 * The turn of a file as a whole, once its examples had theirs. Undefined where none of them has a verdict, or one will be asked
 * for again: then it is too early.
 */
export async function judgeFile(
  leaf: Leaf,
  examples: readonly JudgedExample[],
  judging: Judging,
): Promise<Judged | undefined> {
  const isTooEarly = examples.some(({ judged: { state } }) => state === 'lost');
  if (isTooEarly || examples.every(({ judged: { opinions } }) => opinions === undefined)) return undefined;
  const kind = fileKindOf(leaf);
  const { version, criteria } = judging.rubric;
  const fields = fieldsOfFile(leaf, featuresOf(examples));
  if (isTooLong(fields)) return tooLong;
  // What a file does not say cannot be asked about.
  const askable = criteria[kind].filter(({ evidenceIn }) => fields.some(({ name }) => name === evidenceIn));
  if (askable.length === 0) return undefined;
  const verdicts = await judgeTwice({ kind, version, criteria: askable, fields }, about => judgeCase(about, judging));
  return judgedOf(leaf.path, verdicts, opinions =>
    weigh(leaf.path, askable, opinions, (criterion, opinion) => concernOf(leaf, examples, criterion, opinion)),
  );
}

/** Which examples a no about the file speaks of, by what they were sorted as. */
const telling: ReadonlyMap<string, (facets: Facets) => boolean> = new Map([
  ['no-topic-to-avoid', ({ topic_to_avoid }: Facets) => topic_to_avoid !== 'none'],
  ['no-core-skill', ({ activity }: Facets) => ['calculate', 'program', 'reason', 'joke-or-poem'].includes(activity)],
  ['file-is-skill', ({ activity }: Facets) => activity === 'recall-fact' || activity === 'explain'],
  ['file-is-knowledge', ({ activity }: Facets) => activity !== 'recall-fact' && activity !== 'explain'],
]);

/** Our own words stand in no file: code chooses the examples that they speak of. */
function concernOf(
  leaf: Leaf,
  examples: readonly JudgedExample[],
  criterion: Criterion,
  opinion: Extract<Opinion, { readonly verdict: 'no' }>,
): AdvisoryConcern {
  if (isOfFile(opinion.span.field)) return aboutWords(leaf.path)(criterion, opinion);
  const { id, severity, complaint } = criterion;
  const shown = examplesFor(id, examples);
  const place = shown[0]?.question ?? leaf.taskDescription ?? leaf.documentOutline;
  return {
    rule: `judge/${id}`,
    severity,
    message: complaint,
    location: { path: leaf.path, line: place?.line ?? 1, column: place?.column ?? 1 },
    // The file, and not the example that happens to be shown: the concern stays the same when that one is mended.
    yamlPath: '.',
    ...(shown.length > 0 && { evidence: shown.map(({ question }) => beginningOf(question)) }),
  };
}

function examplesFor(id: string, examples: readonly JudgedExample[]): readonly SeedExample[] {
  if (id === 'examples-diverse') return mostAlike(examples)?.pair ?? [];
  const isTelling = telling.get(id);
  const found = examples.find(({ judged: { facets } }) => facets !== undefined && isTelling?.(facets) === true);
  return found === undefined ? [] : [found.example];
}

/** Never half of a surrogate pair. */
const beginningOf = ({ value, yamlPath }: Text): Evidence => ({
  field: yamlPath,
  quote: value.slice(0, 200).replace(/[\uD800-\uDBFF]$/, ''),
});

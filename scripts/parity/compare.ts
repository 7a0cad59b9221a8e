import { noNeighbourhood } from '../../src/core/duplicates/example-key.ts';
import { parseFiles } from '../../src/core/parse/contribution.ts';
import type { Concern } from '../../src/core/finding.ts';
import type { ChangedFile } from '../../src/core/pull-request.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { fileName } from '../../src/core/rules/layout-file-name.ts';
import type { Expectation, Mark, Verdict } from './oracle.ts';

/** A file in one mode of which we do not say the same. */
export type Difference = {
  readonly expectation: Expectation;
  readonly verdict: Verdict;
  /** Said by the reference and not by us. */
  readonly missed: readonly Mark[];
  /** Said by us and not by the reference. */
  readonly extra: readonly Mark[];
};

export type Comparison = {
  readonly files: number;
  readonly sameVerdict: number;
  readonly errors: Agreement;
  readonly warnings: Agreement;
  /** In the verdict or the errors. */
  readonly differences: readonly Difference[];
  readonly warningDifferences: readonly Difference[];
};

/** How many the reference says, how many of them we say too, and how many we say beyond. */
export type Agreement = { readonly theirs: number; readonly same: number; readonly extra: number };

/** Holds what we say under upstream's profile against what the reference said. */
export function compare(expectations: readonly Expectation[]): Comparison {
  const compared = expectations.map(expectation => {
    const concerns = concernsOf(expectation);
    const errors = concerns.filter(({ severity }) => severity === 'error');
    const verdict = verdictOf(errors);
    const ours = verdict === 'exception' ? [] : errors.map(markOf);
    return {
      expectation,
      verdict,
      errors: differ(expectation.errors, ours),
      warnings: differ(expectation.warnings, concerns.filter(({ severity }) => severity === 'note').map(markOf)),
    };
  });
  const sum = (of: 'errors' | 'warnings'): Agreement => ({
    theirs: total(compared, ({ expectation }) => expectation[of].length),
    same: total(compared, each => each.expectation[of].length - each[of].missed.length),
    extra: total(compared, each => each[of].extra.length),
  });
  const isSame = ({ missed, extra }: Pick<Difference, 'missed' | 'extra'>): boolean =>
    missed.length + extra.length === 0;
  return {
    files: compared.length,
    sameVerdict: compared.filter(({ expectation, verdict }) => expectation.verdict === verdict).length,
    errors: sum('errors'),
    warnings: sum('warnings'),
    differences: compared
      .filter(({ expectation, verdict, errors }) => expectation.verdict !== verdict || !isSame(errors))
      .map(({ expectation, verdict, errors }) => ({ expectation, verdict, ...errors })),
    warningDifferences: compared
      .filter(({ warnings }) => !isSame(warnings))
      .map(({ expectation, verdict, warnings }) => ({ expectation, verdict, ...warnings })),
  };
}

/** Everything that upstream's checker would look at: what is read from the file, and its name. */
function concernsOf({ path, text, mode }: Expectation): readonly Concern[] {
  const bytes = new TextEncoder().encode(text);
  const file: ChangedFile = { path, status: 'added', blobSha: '', content: { type: 'bytes', bytes } };
  const options = { schemaVersion: mode, profile: 'instructlab', maxConcerns: Number.POSITIVE_INFINITY } as const;
  const contribution = parseFiles([file], options);
  const facts = {
    pullRequest: { headSha: '', files: [file] },
    taxonomy: { sha: '', files: new Map<string, string>() },
    policy: defaultPolicy,
    neighbourhood: noNeighbourhood,
  };
  return [...contribution.concerns, ...fileName.check(contribution, facts)];
}

const verdictOf = (errors: readonly Concern[]): Verdict =>
  errors.some(({ rule }) => rule === 'yaml/syntax') ? 'exception' : errors.length > 0 ? 'fail' : 'pass';

/** Our rules by what breaks in the reference. */
const kinds: Readonly<Record<string, string>> = {
  'schema/required': 'required',
  'schema/unknown-key': 'unevaluatedProperties',
  'schema/too-few-items': 'minItems',
  'schema/empty-text': 'minLength',
  'schema/repeated-item': 'uniqueItems',
  'schema/type': 'type',
  'schema/version': 'const',
  'schema/deprecated-version': 'deprecated',
  'yaml/not-a-mapping': 'object',
  'yaml/empty': 'empty',
  'layout/file-name': 'name',
};

const markOf = ({ rule, location: { line }, yamlPath }: Concern): Mark => ({
  line,
  yamlPath,
  kind: rule.startsWith('yamllint/') ? rule.slice('yamllint/'.length) : (kinds[rule] ?? rule),
});

/** What stands in one list and not in the other, as often as it stands there. */
function differ(theirs: readonly Mark[], ours: readonly Mark[]): Pick<Difference, 'missed' | 'extra'> {
  const left = Map.groupBy(theirs, nameOf);
  const extra = ours.filter(mark => left.get(nameOf(mark))?.pop() === undefined);
  return { missed: [...left.values()].flat(), extra };
}

const nameOf = ({ line, yamlPath, kind }: Mark): string => `${line} ${yamlPath} ${kind}`;

const total = <T>(of: readonly T[], count: (each: T) => number): number =>
  of.reduce((sum, each) => sum + count(each), 0);

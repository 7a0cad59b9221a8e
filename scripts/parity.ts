/**
 * Prints how far the profile `instructlab` agrees with the reference (instructlab-schema be6832c with yamllint 1.38.0) over every
 * file and mode of a recorded run, and each disagreement. Exit 1 when a verdict or an error differs.
 */
import { compare, type Agreement, type Comparison, type Difference } from './parity/compare.ts';
import { hasOracle, ORACLE, readOracle, type Mark } from './parity/oracle.ts';

const folder = process.argv[2] ?? ORACLE;

const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10} %`;

const agreement = ({ theirs, same, extra }: Agreement): string =>
  `${same} of ${theirs} (${percent(same, theirs)}), ${extra} of ours beyond`;

function* report(mode: string, { files, sameVerdict, errors, warnings, ...rest }: Comparison): Generator<string> {
  yield `version: ${mode} (${files} files)`;
  yield `  verdicts  ${sameVerdict} of ${files} (${percent(sameVerdict, files)})`;
  yield `  errors    ${agreement(errors)}`;
  yield `  warnings  ${agreement(warnings)}`;
  yield* grouped('error', rest.differences);
  yield* grouped('warning', rest.warningDifferences);
}

/** Those that miss or add the same kinds together, each with its file. */
function* grouped(what: string, differences: readonly Difference[]): Generator<string> {
  for (const [reason, group] of Map.groupBy(differences, reasonOf)) {
    yield `  ${what}: ${reason} (${group.length})`;
    for (const { expectation, missed, extra } of group) {
      const marks = [...missed.map(mark => `-${place(mark)}`), ...extra.map(mark => `+${place(mark)}`)];
      yield `    ${expectation.sha256} ${expectation.path}  ${marks.slice(0, 5).join(' ')}`;
    }
  }
}

function reasonOf({ expectation, verdict, missed, extra }: Difference): string {
  const parts = [
    ...(expectation.verdict === verdict ? [] : [`${expectation.verdict} there, ${verdict} here`]),
    ...(missed.length === 0 ? [] : [`missed ${kindsOf(missed)}`]),
    ...(extra.length === 0 ? [] : [`added ${kindsOf(extra)}`]),
  ];
  return parts.join('; ');
}

const kindsOf = (marks: readonly Mark[]): string => [...new Set(marks.map(({ kind }) => kind))].toSorted().join(', ');

const place = ({ line, yamlPath, kind }: Mark): string => `${line}:${yamlPath}:${kind}`;

if (hasOracle(folder)) {
  const expectations = readOracle(folder);
  const start = performance.now();
  const comparisons = [...Map.groupBy(expectations, ({ mode }) => mode)].map(([mode, of]) => ({
    mode,
    comparison: compare(of),
  }));
  const seconds = (performance.now() - start) / 1000;
  for (const { mode, comparison } of comparisons) {
    for (const line of report(mode, comparison)) process.stdout.write(`${line}\n`);
    if (comparison.differences.length > 0) process.exitCode = 1;
  }
  process.stdout.write(`${Math.round(expectations.length / seconds)} files a second\n`);
} else {
  process.stderr.write(`There is no oracle.jsonl.gz in ${folder}. Name the folder that holds it.\n`);
  process.exitCode = 2;
}

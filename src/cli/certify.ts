import { readFile, writeFile } from 'node:fs/promises';
import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import type { Certification } from '../core/judge/certification.ts';
import { certificationOf, measure } from '../core/judge/certify.ts';
import type { Measured } from '../core/judge/certify.ts';
import { readLabels } from '../core/judge/labels.ts';
import { readPolicy } from '../core/read-policy.ts';
import type { ExitCode } from './exit-code.ts';
import { printable } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/**
 * Tells of each question of the judge whether triagers' labels show it right often enough to block, and writes the certification:
 * into the policy file, or as text to be put there. Throws one sentence when a file cannot be used.
 */
export async function certify(
  path: string,
  { write }: { readonly write?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const reading = readLabels(await readFile(path, 'utf8'));
  if (reading.type === 'refused') throw new Error(`${printable(path)} cannot be used. ${printable(reading.problem)}`);
  const measured = measure(reading.labels);
  const certification = certificationOf(measured, reading);
  terminal.out(
    `${reading.labels.length} labels about ${printable(reading.model)} with rubric ${printable(reading.rubric)}.\n\n`,
  );
  terminal.out(`${measured.map(each => describe(each, terminal)).join('\n')}\n`);
  if (write !== undefined) await writeInto(write, certification, terminal);
  else if (certification === undefined) terminal.out('Nothing may block, so there is no certification to write.\n');
  else {
    terminal.out(`For the policy file (--write .github/assay.yml puts it there):\n\n`);
    terminal.out(stringify({ judge: { certification } }));
  }
  return 0;
}

function describe(measured: Measured, { paint }: Terminal): string {
  const { criterion, asserted, confirmed, bound, level, obstacles, abstained, labels } = measured;
  const name = paint('bold', printable(criterion));
  const facts = [
    `a no confirmed ${confirmed} of ${asserted} times (at least ${shown(bound)})`,
    `kappa ${shown(measured.kappa)}`,
    `people among themselves ${shown(measured.humanKappa)}`,
    ...(measured.alternative === undefined
      ? []
      : [
          `alternative annotator test ${measured.alternative.isPassed ? 'passed' : 'failed'} (winning rate ${shown(measured.alternative.winningRate)})`,
        ]),
    ...(measured.calibration === undefined ? [] : [`calibration error ${shown(measured.calibration)}`]),
    `said the same again ${shown(measured.repeatAgreement)} of ${measured.repeats} times`,
    `could not tell ${abstained} of ${labels} times`,
  ];
  const verdict =
    obstacles.length === 0
      ? paint('green', `may block up to blockAt: ${level}`)
      : [paint('yellow', 'may not block'), ...obstacles.map(obstacle => `    ${obstacle}`)].join('\n');
  return `${name}: ${verdict}\n    ${facts.join('; ')}.\n`;
}

/** Down, so that nothing looks better than it is. */
const shown = (value: number | undefined): string =>
  value === undefined ? 'unknown' : (Math.floor(value * 100 + 1e-9) / 100).toFixed(2);

/** Leaves the rest of the file as it is, comments too. A certification that no longer holds is taken out. */
async function writeInto(path: string, certification: Certification | undefined, { out }: Terminal): Promise<void> {
  const text = await readFile(path, 'utf8');
  const { problem } = readPolicy(text);
  if (problem !== undefined) throw new Error(`Nothing was written: ${printable(path)} is not a policy. ${problem}`);
  const document = parseDocument(text);
  const judge: unknown = document.get('judge', true);
  if (isScalar(judge) && judge.value === 'off') {
    throw new Error(`Nothing was written: ${printable(path)} switches the judge off (\`judge: off\`).`);
  }
  if (certification === undefined && !isMap(judge)) {
    out('Nothing may block, so nothing was written.\n');
    return;
  }
  // `judge: on` is short for a mapping with nothing in it.
  if (!isMap(judge)) document.set('judge', document.createNode({}));
  if (certification === undefined) document.deleteIn(['judge', 'certification']);
  else document.setIn(['judge', 'certification'], document.createNode(certification));
  const written = document.toString();
  const after = readPolicy(written);
  if (after.problem !== undefined) throw new Error(`Nothing was written to ${printable(path)}: ${after.problem}`);
  await writeFile(path, written);
  const names = Object.keys(certification?.criteria ?? {});
  out(
    names.length === 0
      ? `Nothing may block: ${printable(path)} holds no certification now.\n`
      : `Written to ${printable(path)}. What blocks is decided there by judge.block, for example: block: [${names.join(', ')}]\n`,
  );
}

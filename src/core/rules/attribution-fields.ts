import { guideKeys, type FieldName } from '../attribution/field-names.ts';
import { isOwnWork, type Mistaken } from '../attribution/read.ts';
import { piecesOf, type Work } from '../attribution/works.ts';
import type { LeafKind } from '../contribution.ts';
import { severities, type Concern, type Severity } from '../finding.ts';
import { leafKindOf } from '../taxonomy.ts';
import type { Rule } from './rule.ts';

const mistakes: Readonly<Record<Mistaken, string>> = {
  'copy-of-examples':
    'This repeats the examples of `qna.yaml`. Write instead where their text comes from: title, link, licence and creator of each work.',
  'too-long':
    'This is too long for an attribution. Write no more than title, link, licence and creator of each work that you used.',
};

/** What is asked for of each work; who wrote the text alone has less to say. */
export const attributionFields: Rule = {
  doc: {
    id: 'attribution/fields',
    severity: 'error',
    why: 'Who uses the taxonomy must be able to see which works it draws on and what they allow. Without a licence, and for knowledge without a link, nobody can; a missing title or creator is a note, and so is a missing licence where the text is said to be your own.',
    remedy:
      'Give each work you used its `Title of work`, `Link to work`, `License of the work` and `Creator names`, each on a line, with an empty line between two works.',
    waiver: 'triage',
    upstream: 'Nothing automatic: any text passes. The contribution guides ask for these fields.',
    frequency: 'Attribution missing or wrong: 4 times in the review threads of instructlab/taxonomy that were read.',
    mistake: {
      type: 'text',
      file: 'attribution.txt',
      right: 'Title of work: Limericks\nLicense of the work: CC-BY-SA-4.0\nCreator names: Jo Doe\n',
      wrong: 'Title of work: Limericks\nCreator names: Jo Doe\n',
    },
  },
  check: ({ attributions }) =>
    attributions.flatMap(({ path, works, mistaken }): readonly Concern[] => {
      if (mistaken !== undefined) return [concernAt(path, 1, 'error', mistakes[mistaken])];
      const kind = leafKindOf(path) ?? 'skill';
      return works.flatMap(work => lacking(path, work, kind));
    }),
};

/** At most one concern for a work. */
function lacking(path: string, work: Work, kind: LeafKind): readonly Concern[] {
  const isOwn = isOwnWork(work);
  const missing = (name: FieldName): boolean => piecesOf(work, name).length === 0;
  if (work.fields.length === 0 && !isOwn) {
    const message =
      'This does not say where the text comes from. Write title, link, licence and creator of each work that you used; for text of your own, your name and `CC-BY-SA-4.0`.';
    return [concernAt(path, work.line, 'error', message)];
  }
  const asked: readonly (readonly [FieldName, Severity])[] = isOwn
    ? [['licence', 'note']]
    : [
        ['title', 'note'],
        ...(kind === 'knowledge' ? [['link', 'error'] as const] : []),
        ['licence', 'error'],
        ['creators', 'note'],
      ];
  const lacks = asked.filter(([name]) => missing(name));
  const gravest = severities.find(severity => lacks.some(([, each]) => each === severity));
  if (gravest === undefined) return [];
  const keys = lacks.map(([name]) => `\`${guideKeys[name]}:\``);
  const isOne = keys.length === 1;
  const remedy = isOwn ? NAME_OWN : missing('licence') ? NAME_LICENCE : `Add ${isOne ? 'it' : 'them'}.`;
  const message = `${listed(keys)} ${isOne ? 'is' : 'are'} missing for this work. ${remedy}`;
  return [concernAt(path, work.line, gravest, message, keys.join(' '))];
}

const NAME_OWN = 'For text of your own, `CC-BY-SA-4.0` is usual.';
const NAME_LICENCE = 'Say under which licence the work is, by its SPDX id, such as `CC-BY-SA-4.0`.';

const listed = (keys: readonly string[]): string =>
  keys.length < 2 ? keys.join('') : `${keys.slice(0, -1).join(', ')} and ${keys.at(-1) ?? ''}`;

const concernAt = (path: string, line: number, severity: Severity, message: string, flagged = ''): Concern => ({
  rule: attributionFields.doc.id,
  severity,
  message,
  location: { path, line, column: 1 },
  yamlPath: '.',
  flagged,
});

import { linksIn } from '../attribution/addresses.ts';
import { resolveLicence, type Licence } from '../attribution/licence.ts';
import { wikipediaPage } from '../attribution/wikipedia.ts';
import { piecesOf, valueOf, type Field, type Work } from '../attribution/works.ts';
import type { Concern, Severity } from '../finding.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** A text under another licence cannot be used, however good it is. */
export const attributionLicence: Rule = {
  doc: {
    id: 'attribution/licence',
    severity: 'error',
    why: 'What the taxonomy makes of your text may be changed and sold, so the licence of the text must allow both. Accepted are the licences of the policy (`attribution.acceptedLicences`) and works in the public domain. A licence that cannot be told, or that is not the one of Wikipedia beside a link to it, is a question for a triager.',
    remedy:
      'Write the SPDX id of the licence that the work has, such as `CC-BY-SA-4.0`. If it has another one than those accepted, use another work.',
    waiver: 'maintain',
    upstream: 'Nothing automatic: triagers read it, and hold what is not on the list.',
    frequency:
      'A source or licence that is not allowed: 7 times in the review threads of instructlab/taxonomy that were read.',
    mistake: {
      type: 'text',
      file: 'attribution.txt',
      right: 'License of the work: CC-BY-SA-4.0\n',
      wrong: 'License of the work: CC BY-NC-SA 4.0\n',
    },
  },
  check: ({ attributions }, { policy }) => {
    const accepted = policy.attribution.acceptedLicences;
    return attributions.flatMap(({ path, works }) =>
      works.flatMap(work =>
        work.fields.flatMap(field => {
          const value = valueOf(field);
          if (field.name !== 'licence' || value === '') return [];
          return concerned(path, field, value, resolveLicence(value, accepted), isOfWikipedia(work), accepted);
        }),
      ),
    );
  },
};

/** All text of Wikipedia is under this licence, since June 2023 in this version. */
const WIKIPEDIA = 'CC-BY-SA-4.0';

function concerned(
  path: string,
  field: Field,
  value: string,
  licence: Licence,
  isWikipedia: boolean,
  accepted: readonly string[],
): readonly Concern[] {
  const [severity, message] = said(value, licence, isWikipedia, accepted) ?? [];
  const at = field.pieces.find(({ text }) => text !== '');
  if (severity === undefined || message === undefined || at === undefined) return [];
  return [
    {
      rule: attributionLicence.doc.id,
      severity,
      message,
      location: { path, line: at.line, column: at.column },
      yamlPath: '.',
      flagged: value,
    },
  ];
}

function said(
  value: string,
  { answer, names, meant }: Licence,
  isWikipedia: boolean,
  accepted: readonly string[],
): readonly [Severity, string] | undefined {
  const written = inCode(shortened(value));
  const ofWikipedia = isWikipedia ? ` The text of Wikipedia is under \`${WIKIPEDIA}\`.` : '';
  switch (answer) {
    case 'ok':
      return isWikipedia && names?.includes('CC-BY-SA') === false
        ? [
            'question',
            `The link leads to Wikipedia, whose text is under \`${WIKIPEDIA}\`, not ${written}. Write the licence that the work has.`,
          ]
        : undefined;
    case 'not-ok':
      return names === undefined
        ? [
            'error',
            `${written} names no licence. Write the SPDX id of the licence that the work has, such as \`CC-BY-SA-4.0\`; without one it cannot be used.${ofWikipedia}`,
          ]
        : [
            'error',
            `${written} is not among the licences that are accepted here: ${accepted.map(inCode).join(', ')}. Use a work under one of these.${ofWikipedia}`,
          ];
    case 'unknown':
      return [
        'question',
        meant === undefined
          ? `${written} could not be read as a licence. Write its SPDX id, such as \`CC-BY-SA-4.0\`, or a triager has to find out what it allows.${ofWikipedia}`
          : `${written} does not say which version. If the work is under \`${meant}\`, write that.`,
      ];
  }
}

const shortened = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value);

const isOfWikipedia = (work: Work): boolean => {
  const links = piecesOf(work, 'link').flatMap(({ text }) => linksIn(text));
  return links.length > 0 && links.every(({ url }) => url !== undefined && wikipediaPage(url) !== undefined);
};

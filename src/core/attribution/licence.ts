import correct from 'spdx-correct';
import parse from 'spdx-expression-parse';
import { linksIn } from './addresses.ts';
import { FORBIDDING, PUBLIC_DOMAIN, knownNames } from './licence-names.ts';

/**
 * Whether what was written is a licence that the policy accepts. `names` is what it says as an SPDX expression or `public-domain`;
 * absent where it says that there is none, or none that can be told. `meant` is an accepted licence that it may have meant.
 */
export type Licence = {
  readonly answer: 'ok' | 'not-ok' | 'unknown';
  readonly names?: string;
  readonly meant?: string;
};

/** Longer texts name no licence; they are the text of one, or something else. */
const MAX_LENGTH = 300;

/** The longest ids of SPDX have seven words. */
const MAX_WORDS = 8;

/** One id: no expression, and no reference to a licence of one's own. */
const ID = /^(?!LicenseRef-|DocumentRef-)[\w.-]+$/;

const UNKNOWN: Licence = { answer: 'unknown' };

/**
 * Reads what stands as a licence: an SPDX expression, the name of a licence in other words, its address. `ok` is never guessed:
 * spdx-correct proposes ids, and one counts only if every word of it stands in the text and nothing but fillers beside it
 * (alone it reads `unlimited` as the Unlicense and `permitted` as MIT).
 */
export function resolveLicence(text: string, accepted: readonly string[]): Licence {
  if (text.length > MAX_LENGTH) return UNKNOWN;
  const links = linksIn(text);
  const words = links.reduce((rest, link) => rest.replace(link.text, ' '), text);
  const addressed = new Set(links.flatMap(({ url }) => (url && licenceAt(url)) ?? []));
  const isAddress = links.length > 0 && words.trim() === '';
  const id = isAddress ? [...addressed][0] : idOf(words, accepted);
  // Where words and addresses name different licences, nobody knows which one holds.
  if (id !== undefined && [...addressed].some(other => other !== id)) return UNKNOWN;
  if (id !== undefined) return { answer: accepted.includes(id) ? 'ok' : 'not-ok', names: id };
  if (isAddress) return UNKNOWN;
  const expression = parsed(words) ?? parsed(expressionOf(words, accepted));
  return expression === undefined
    ? inWords(words, accepted)
    : { answer: answerOf(expression, accepted), names: shown(expression) };
}

/** Whether a short line is the id or the name of one licence and nothing else. */
export const isLicence = (line: string): boolean => line.length <= 60 && idOf(line, []) !== undefined;

/** Whether a policy may name it: the id of one licence as SPDX writes it, or `public-domain`. */
export function isLicenceId(text: string): boolean {
  const expression = text === PUBLIC_DOMAIN ? undefined : parsed(text);
  return text === PUBLIC_DOMAIN || (expression !== undefined && 'license' in expression && expression.license === text);
}

/** What can be said of words that are no licence's name. */
function inWords(text: string, accepted: readonly string[]): Licence {
  const words = wordsOf(text);
  if (words.some(word => FORBIDDING.has(word))) return { answer: 'not-ok', names: text.trim() };
  const key = words.join('-');
  const known = knownNames.get(key);
  if (known?.is === 'nothing' || /^[\d.]*$/.test(key)) return { answer: 'not-ok' };
  if (known?.is === 'refused') return { answer: 'not-ok', names: text.trim() };
  return known?.is === 'family' && accepted.includes(known.like) ? { answer: 'unknown', meant: known.like } : UNKNOWN;
}

/** The id that the words name, and nothing beside it. */
function idOf(text: string, accepted: readonly string[]): string | undefined {
  const words = wordsOf(text);
  const key = words.join('-');
  if (words.length === 0 || words.length > MAX_WORDS) return undefined;
  const known = knownNames.get(key);
  if (known?.is === 'licence') return known.id;
  const isMeant = (id: string | undefined): boolean => id !== undefined && wordsOf(id).join('-') === key && ID.test(id);
  return accepted.find(isMeant) ?? [text, key].map(proposed).find(isMeant);
}

/** It throws on some texts that are no licence, such as `+`. */
function proposed(text: string): string | undefined {
  try {
    return correct(text, { upgrade: false }) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Words that name no licence and change none. */
const FILLERS: ReadonlySet<string> = new Set(
  'the a this work is under license licenses licence licences licensed released available version v software unported universal international generic deed code of in from spdx identifier'.split(
    ' ',
  ),
);

/** Lower-case words without fillers, in the abbreviations of SPDX; `2` and `v2` are `2.0`. A name that is said twice counts once. */
function wordsOf(text: string): readonly string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/creative[\s-]*commons/g, 'cc')
    .replaceAll(/share[\s-]?alike/g, 'sa')
    .replaceAll(/non[\s-]?commercial/g, 'nc')
    .replaceAll(/no[\s-]?deriv(?:ative)?s?/g, 'nd')
    .replaceAll(/\battribution\b/g, 'by')
    .split(/[^\p{L}\p{N}.+]+/u)
    .map(word =>
      word
        .split('.')
        .filter(part => part !== '')
        .join('.'),
    )
    .map(word => (/^v?\d$/.test(word) ? `${word}.0` : word).replace(/^v(?=\d)/, ''))
    .filter(word => word !== '' && !FILLERS.has(word));
  const half = words.length / 2;
  const isTwice = Number.isInteger(half) && words.every((word, at) => word === words[(at + half) % words.length]);
  return isTwice && half > 0 ? words.slice(0, half) : words;
}

type Expression = ReturnType<typeof parse>;

function parsed(text: string | undefined): Expression | undefined {
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** Licences, operators and brackets of one expression. */
const MAX_PARTS = 20;

/** `apache 2 or MIT` as `Apache-2.0 OR MIT`; a list is read as if all of it held. Undefined if a part of it is no licence. */
function expressionOf(text: string, accepted: readonly string[]): string | undefined {
  const parts = text.split(/([(),;/&|]|\b(?:and|or)\b)/i).filter(part => part.trim() !== '');
  if (parts.length < 2 || parts.length > MAX_PARTS) return undefined;
  const terms = parts.map(part => {
    const word = part.trim().toUpperCase();
    if (word === '(' || word === ')' || word === 'OR' || word === 'AND') return word;
    if (/^[,;/&|]$/.test(word)) return 'AND';
    const id = idOf(part, accepted);
    return id === PUBLIC_DOMAIN ? `LicenseRef-${PUBLIC_DOMAIN}` : id;
  });
  return terms.includes(undefined) ? undefined : terms.join(' ');
}

/** An exception (`WITH`) only ever permits more, and of `OR` the contributor may choose. */
function answerOf(expression: Expression, accepted: readonly string[]): Licence['answer'] {
  if ('conjunction' in expression) {
    const answers = new Set([answerOf(expression.left, accepted), answerOf(expression.right, accepted)]);
    const [best, worst] = expression.conjunction === 'or' ? (['ok', 'not-ok'] as const) : (['not-ok', 'ok'] as const);
    if (answers.has(best)) return best;
    return answers.has('unknown') ? 'unknown' : worst;
  }
  const id = idIn(expression.license);
  if (accepted.includes(id)) return 'ok';
  // A later version may be one that is accepted; which the text allows, a person must see.
  const isOpen = expression.plus === true || /^(?:License|Document)Ref-/.test(id);
  return isOpen ? 'unknown' : 'not-ok';
}

const idIn = (license: string): string => license.replace(`LicenseRef-${PUBLIC_DOMAIN}`, PUBLIC_DOMAIN);

function shown(expression: Expression): string {
  if ('conjunction' in expression) {
    const sides = [expression.left, expression.right].map(side => {
      const isLoose = 'conjunction' in side && side.conjunction === 'or' && expression.conjunction === 'and';
      return isLoose ? `(${shown(side)})` : shown(side);
    });
    return sides.join(` ${expression.conjunction.toUpperCase()} `);
  }
  const { license, plus, exception } = expression;
  return `${idIn(license)}${plus === true ? '+' : ''}${exception === undefined ? '' : ` WITH ${exception}`}`;
}

/** The licence whose text stands at an address; undefined for all other addresses. */
function licenceAt({ hostname, pathname }: URL): string | undefined {
  const host = hostname.replace(/^www\./, '');
  const path = pathname
    .toLowerCase()
    .replace(/(?:\.html|\.txt)$/, '')
    .replace(/\/$/, '');
  if (host === 'creativecommons.org') {
    const [, kind, version] =
      /^\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(\d\.\d)(?:\/(?:deed|legalcode)(?:\.\w{2,7})?)?$/.exec(path) ?? [];
    if (kind !== undefined && version !== undefined) return `CC-${kind.toUpperCase()}-${version}`;
    if (/^\/publicdomain\/zero\/1\.0(?:\/(?:deed|legalcode)(?:\.\w{2,7})?)?$/.test(path)) return 'CC0-1.0';
    return /^\/publicdomain\/mark\/1\.0(?:\/deed(?:\.\w{2,7})?)?$/.test(path) ? PUBLIC_DOMAIN : undefined;
  }
  if (host === 'apache.org' && path === '/licenses/license-2.0') return 'Apache-2.0';
  if (host === 'opensource.org' && /^\/licen[sc]es?\/mit$/.test(path)) return 'MIT';
  if (host === 'cdla.dev' && path === '/permissive-2-0') return 'CDLA-Permissive-2.0';
  return undefined;
}

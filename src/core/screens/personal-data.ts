import { MAX_HITS } from '../parse/limits.ts';
import { hasLuhnSum, isIban, isPublicAddress, isSocialSecurityNumber } from './number-checks.ts';

export type PersonalDataKind =
  | 'e-mail address'
  | 'phone number'
  | 'card number'
  | 'IBAN'
  | 'social security number'
  | 'IP address';

/** A place that looks like data of a person. Offsets into the text. */
export type PersonalData = { readonly kind: PersonalDataKind; readonly start: number; readonly end: number };

type Detector = {
  readonly kind: PersonalDataKind;
  readonly pattern: RegExp;
  readonly isReal: (match: string, before: string) => boolean;
};

/**
 * Every pattern has a bounded length and starts at a boundary, so that the work is linear in the text. What a pattern finds counts
 * only if its number could be a real one: check sums, ranges that were given out, and none of those set aside for examples.
 */
const detectors: readonly Detector[] = [
  {
    kind: 'e-mail address',
    pattern:
      /(?<![\w.%+-])[\w.%+-]{1,64}@(?:(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w@-])|(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,5}[\p{L}\p{M}]{2,24}(?![\p{L}\p{N}_@-]))/giu,
    isReal: address => !isReservedDomain(address.slice(address.indexOf('@') + 1)) && !isRoleAddress(address),
  },
  {
    kind: 'phone number',
    // International with a plus, or North American with separators.
    pattern:
      /(?<![\w.+/-])(?:\+[1-9]\d{9,14}|\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,8}){1,4}|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4})(?![\w/-]|\.\d)/g,
    isReal: isRealPhone,
  },
  {
    kind: 'card number',
    pattern:
      /(?<![\w.-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,4}(?![\w-])|(?<![\w.-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\w-])/g,
    isReal: number => {
      const digits = number.replaceAll(/\D/g, '');
      return hasLuhnSum(digits) && !EXAMPLE_CARDS.has(digits);
    },
  },
  { kind: 'IBAN', pattern: /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)/g, isReal: isIban },
  { kind: 'social security number', pattern: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g, isReal: isSocialSecurityNumber },
  {
    kind: 'IP address',
    pattern: /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g,
    // "version 4.18.0.1" is none.
    isReal: (address, before) => isPublicAddress(address) && !/\b(?:v|ver|version|release)[ .:]*$/i.test(before),
  },
];

/** Places that look like data of a real person, in the order of the text; at most 20. Linear in the text. */
export function personalDataIn(text: string): readonly PersonalData[] {
  const found: PersonalData[] = [];
  for (const { kind, pattern, isReal } of detectors) {
    let hits = 0;
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(Math.max(0, match.index - 12), match.index);
      if (!isReal(match[0], before)) continue;
      found.push({ kind, start: match.index, end: match.index + match[0].length });
      hits += 1;
      if (hits >= MAX_HITS) break;
    }
  }
  return found.sort((a, b) => a.start - b.start).slice(0, MAX_HITS);
}

/** RFC 2606 and RFC 6761, and the names that people use in their place. */
const isReservedDomain = (domain: string): boolean =>
  /(?:^|\.)(?:example(?:\.(?:com|net|org|edu))?|test|invalid|localhost|local)$/i.test(domain) ||
  /^(?:abc|xyz|acme|foo|bar|company|domain|mydomain|mail|email|yourcompany|yourdomain)\.(?:com|org|net)$/i.test(domain);

/** RFC 2142 and customs: addresses of a function, of a placeholder, but not of a person. */
const isRoleAddress = (address: string): boolean =>
  /^(?:j(?:ohn|ane)?[._-]?doe|j\.?ohn\.?doe|user\d*|your[._-]?name|first[._-]?name[._-]?last[._-]?name|info|contact|support|help|hello|admin|webmaster|postmaster|hostmaster|abuse|noc|security|sales|marketing|office|press|media|legal|privacy|jobs|team|service|news|no-?reply|donotreply|git)@/i.test(
    address,
  );

/** Not 555-01xx, which North America keeps for fiction, and not free-phone numbers, which belong to companies. */
function isRealPhone(number: string): boolean {
  const digits = number.replaceAll(/\D/g, '');
  if (digits.length < 8 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return false;
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  const isElsewhere = number.startsWith('+') && !digits.startsWith('1');
  if (isElsewhere || national.length !== 10) return true;
  if (/^\d{3}555(?:01\d\d|\d{4})$/.test(national) || national === '1234567890') return false;
  return !/^8(?:00|33|44|55|66|77|88)/.test(national) && /^[2-9]\d\d[2-9]/.test(national);
}

/** Numbers that payment companies publish for tests. */
const EXAMPLE_CARDS: ReadonlySet<string> = new Set([
  '4111111111111111',
  '4012888888881881',
  '4242424242424242',
  '5555555555554444',
  '5105105105105100',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '3530111333300000',
]);

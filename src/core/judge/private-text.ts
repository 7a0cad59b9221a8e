import type { Leaf } from '../contribution.ts';
import { fieldsOf } from './fields.ts';

/** What a text seems to hold that may not leave this server, in words for people. */
export type PrivateKind = 'a secret' | 'an e-mail address' | 'a phone number' | 'a bank or identity number';

/** Shapes that only keys and tokens have, as their issuers document them. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[opsur]_[A-Za-z0-9]{36}/,
  /\bgithub_pat_\w{40}/,
  /\bglpat-[\w-]{20}/,
  /\bsk-[A-Za-z0-9_-]{20}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10}/,
  /\bAIza[\w-]{35}/,
  /\b[rs]k_live_[A-Za-z0-9]{16}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bhf_[A-Za-z]{34}\b/,
  /\beyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.[\w-]{10}/,
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:@/]{1,64}:[^\s:@/]{3,64}@/i,
];

const E_MAIL = /[\w.%+-]{1,64}@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b/gi;

/** Domains that RFC 2606 and RFC 6761 keep for examples. */
const EXAMPLE_DOMAIN = /(?:^|\.)(?:example|test|invalid|localhost)(?:\.(?:com|net|org))?$/i;

/** With a country code, or in the North American form with separators. */
const PHONE =
  /(?<![\w.-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ .-]?\d){6,11}|(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-.]\d{4})(?![\w-])/g;

/** Numbers that belong to nobody: 555-01xx is kept for fiction, the others are counted through or free of charge. */
const NOBODYS_PHONE =
  /555.?(?:01\d\d|\d{4})$|123.?456.?7890$|098.?765.?4321$|987.?654.?3210$|^\D*1?\D*8(?:00|33|44|55|66|77|88)\D/;

const SOCIAL_SECURITY = /(?<![\w-])(?!123-45-6789|000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/;
const CARD = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const BANK_ACCOUNT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g;

/**
 * The first thing in a text that seems private. Asks only whether a text may be sent: a yes too many costs a remark of the
 * judge, a yes too few a leak, so it does not ask whether the number is real. 8 of the 159 files accepted into the taxonomy
 * by October 2024 have one. Linear in the length of the text.
 */
export function privateKindIn(text: string): PrivateKind | undefined {
  if (SECRETS.some(secret => secret.test(text))) return 'a secret';
  if (text.matchAll(E_MAIL).some(([, domain = '']) => !EXAMPLE_DOMAIN.test(domain))) return 'an e-mail address';
  const isNumber =
    SOCIAL_SECURITY.test(text) ||
    text.matchAll(CARD).some(([digits]) => isCardNumber(digits)) ||
    text.matchAll(BANK_ACCOUNT).some(([account]) => isBankAccount(account));
  if (isNumber) return 'a bank or identity number';
  return text.matchAll(PHONE).some(([phone]) => !NOBODYS_PHONE.test(phone)) ? 'a phone number' : undefined;
}

/** The same for all that would be sent of a leaf. */
export function privateKindOf(leaf: Leaf): PrivateKind | undefined {
  for (const { text } of leaf.examples.flatMap(example => fieldsOf(leaf, example))) {
    const kind = privateKindIn(text.value);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** ISO/IEC 7812: the last digit makes the sum right (Luhn). Cards begin with 2 to 6; all-equal digits are fillers. */
function isCardNumber(written: string): boolean {
  const digits = Array.from(written.replaceAll(/\D/g, ''), Number);
  if (!/^[2-6]/.test(written) || new Set(digits).size < 3) return false;
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: country and check digits moved to the end, letters as 10 to 35, the remainder by 97 is 1. */
function isBankAccount(written: string): boolean {
  const account = written.replaceAll(' ', '');
  const digits = Array.from(account.slice(4) + account.slice(0, 4), character => Number.parseInt(character, 36)).join(
    '',
  );
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

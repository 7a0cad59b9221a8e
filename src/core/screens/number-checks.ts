/** The check sum of payment cards (ISO/IEC 7812-1, annex B). */
export function hasLuhnSum(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const value = Number(digits.at(-1 - index)) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length >= 13 && sum % 10 === 0;
}

/** Digits and letters of an IBAN give 1 modulo 97 (ISO 13616); examples from its registry are not told from real ones. */
export function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Given out by the Social Security Administration: no 000, 666 or 9xx area, no 00 group, no 0000 serial, no famous samples. */
export const isSocialSecurityNumber = (text: string): boolean =>
  /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text) &&
  !['078-05-1120', '219-09-9999', '123-45-6789', '111-11-1111', '222-22-2222', '333-33-3333'].includes(text);

/** First address and prefix length of what is private, reserved or for documentation (IANA special-purpose registry). */
const reserved: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Public resolvers, which texts on networks name and which belong to nobody. */
const resolvers: ReadonlySet<string> = new Set([
  '1.1.1.1',
  '1.0.0.1',
  '8.8.8.8',
  '8.8.4.4',
  '9.9.9.9',
  '4.2.2.2',
  '208.67.222.222',
  '208.67.220.220',
]);

/** An IPv4 address that a person could be found by. */
export function isPublicAddress(text: string): boolean {
  const address = toNumber(text);
  if (address === undefined || resolvers.has(text)) return false;
  // Numbers of versions and sections look the same: 1.2.3.4.
  if (text.split('.').every(part => Number(part) < 30)) return false;
  return !reserved.some(([network, bits]) => {
    const first = toNumber(network) ?? 0;
    return address >= first && address < first + 2 ** (32 - bits);
  });
}

function toNumber(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some(part => part > 255)) return undefined;
  return parts.reduce((total, part) => total * 256 + part, 0);
}

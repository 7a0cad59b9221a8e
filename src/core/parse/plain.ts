/** What a scalar is to PyYAML's safe loader. `value` is the `=` of YAML 1.1, which it cannot construct. */
export type ScalarType = 'text' | 'null' | 'boolean' | 'integer' | 'float' | 'date' | 'merge' | 'value';

/** PyYAML 6 `resolver.py`, implicit resolvers of YAML 1.1, in its order. No nested quantifiers: linear on any text. */
const resolvers: readonly (readonly [ScalarType, RegExp])[] = [
  ['boolean', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  ['float', /^[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?$/],
  ['float', /^\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$/],
  ['float', /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/],
  ['float', /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  ['integer', /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$/],
  ['integer', /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/],
  ['merge', /^<<$/],
  ['null', /^(?:~|null|Null|NULL|)$/],
  ['date', /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/],
  [
    'date',
    /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?$/,
  ],
  ['value', /^=$/],
];

/** What PyYAML makes of a plain (unquoted, untagged) scalar. Everything it does not recognise is text. */
export const typeOfPlain = (source: string): ScalarType =>
  resolvers.find(([, pattern]) => pattern.test(source))?.[0] ?? 'text';

/** The number that PyYAML would construct from an integer scalar (octal, hexadecimal, binary, base 60, underscores). */
export function integerOf(source: string): number {
  const digits = source.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const body = digits.replace(/^[-+]/, '');
  if (body.includes(':')) return sign * body.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  if (/^0[0-7]+$/.test(body)) return sign * Number.parseInt(body, 8);
  return sign * Number(body);
}

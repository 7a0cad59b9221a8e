import * as fc from 'fast-check';

/** A change of a file: of its bytes, its lines or its structure. Places are shares of the file, so that they fit every one. */
export type Mutation =
  | { readonly type: 'bytes'; readonly at: number; readonly remove: number; readonly insert: Uint8Array }
  | { readonly type: 'text'; readonly at: number; readonly insert: string }
  | {
      readonly type: 'lines';
      readonly how: 'drop' | 'double' | 'indent' | 'outdent' | 'join' | 'move';
      readonly at: number;
      readonly to: number;
    }
  | { readonly type: 'value'; readonly at: number; readonly value: string }
  | { readonly type: 'flood'; readonly at: number; readonly unit: string; readonly times: number };

/** What means something to YAML, to Unicode, to our screens, or to GitHub. */
const SPARKS = [
  ['\t', '\r', '\r\n', '\n\n', '\u0000', '\ufeff', '\u2028', '\u0085', '\u202e', '\u200b', '\ud800', '🌱', 'é'],
  [': ', '- ', '? ', '# ', '|', '>', '|2-', '>+', '&a ', '*a', '!!binary ', '!x ', '%YAML 1.1\n', '---\n', '...\n'],
  ['{', '}', '[', ']', ',', '"', "'", '\\', '\\x', '\\u12', '@', '`', '<<: *a\n', '# yamllint disable\n'],
  ['[[1]]', '<|im_start|>', 'a@b.example', '+49 170 1234567', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
].flat();

const VALUES = [
  ['', '~', 'null', 'yes', 'Off', '0o17', '017', '1:30', '1e3', '.inf', '2024-01-01', '0x1F', '1_000', '-', '"'],
  [
    '[]',
    '{}',
    '[[[[[[]]]]]]',
    '{a: {b: {c: 1}}}',
    '&a [x]',
    '*a',
    '|',
    '>',
    '|\n',
    "''",
    '""',
    '"\\ud83d"',
    '__proto__',
  ],
  ['constructor', 'https://github.com/a/b', '../../a', 'x'.repeat(300), 'CC-BY-4.0', '<your name>', '9'.repeat(400)],
].flat();

const UNITS = ['[', '{', '- ', 'a: ', '\n', ' ', '*a, ', 'k: 1\n', '"', '#', '- a\n', '\t', '!!str ', '&a ', '? '];

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    type: fc.constant('bytes' as const),
    at: place,
    remove: fc.nat({ max: 8 }),
    insert: fc.uint8Array({ maxLength: 6 }),
  }),
  fc.record({ type: fc.constant('text' as const), at: place, insert: fc.constantFrom(...SPARKS) }),
  fc.record({
    type: fc.constant('lines' as const),
    how: fc.constantFrom('drop', 'double', 'indent', 'outdent', 'join', 'move'),
    at: place,
    to: place,
  }),
  fc.record({ type: fc.constant('value' as const), at: place, value: fc.constantFrom(...VALUES) }),
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('flood' as const),
      at: place,
      unit: fc.constantFrom(...UNITS),
      times: fc.integer({ min: 2, max: 400 }),
    }),
  },
);

/** The bytes of a file after these changes, in their order. */
export const mutate = (text: string, mutations: readonly Mutation[]): Uint8Array =>
  mutations.reduce<Uint8Array>((bytes, one) => apply(bytes, one), new TextEncoder().encode(text));

function apply(bytes: Uint8Array, one: Mutation): Uint8Array {
  if (one.type === 'bytes') return spliced(bytes, one.at, one.remove, one.insert);
  if (one.type === 'text') return spliced(bytes, one.at, 0, new TextEncoder().encode(one.insert));
  if (one.type === 'flood') return spliced(bytes, one.at, 0, new TextEncoder().encode(one.unit.repeat(one.times)));
  const lines = new TextDecoder().decode(bytes).split('\n');
  const at = Math.floor(one.at * lines.length);
  const line = lines[at] ?? '';
  if (one.type === 'value') lines[at] = line.replace(/:.*$/, `: ${one.value}`);
  else {
    const replaced = {
      drop: [],
      double: [line, line],
      indent: [`  ${line}`],
      outdent: [line.replace(/^ {1,2}/, '')],
      join: [line + (lines[at + 1] ?? '')],
      move: [],
    }[one.how];
    lines.splice(at, one.how === 'join' ? 2 : 1, ...replaced);
    if (one.how === 'move') lines.splice(Math.floor(one.to * lines.length), 0, line);
  }
  return new TextEncoder().encode(lines.join('\n'));
}

function spliced(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  const start = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
}

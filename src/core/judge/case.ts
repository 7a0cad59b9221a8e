import type { Draw } from './draw.ts';
import { drawFrom } from './draw.ts';
import type { Field } from './fields.ts';
import type { Criterion } from './criterion.ts';
import type { RubricKind } from './rubric.ts';
import { visible } from './visible.ts';

/** What a checklist is about: an example, or a file as a whole, with all that the model sees of it. */
export type Case = {
  readonly kind: RubricKind;
  /** Of which version of the rubric the criteria are. */
  readonly version: string;
  readonly criteria: readonly Criterion[];
  readonly fields: readonly Field[];
};

/** Everything in it that decides what is asked. */
export const contentOf = ({ kind, version, fields }: Case): readonly unknown[] => [
  kind,
  version,
  fields.map(({ name, text }) => [name, text.value]),
];

/**
 * Choices for one call about a case, and 128 bits in hex that mark where its data begins and ends. No field contains them. Their
 * author cannot guess them without the server's key, yet equal content gets equal ones, so that a stored reply is found again.
 */
export function drawFor(
  key: string,
  content: readonly unknown[],
  fields: readonly Field[],
): { draw: Draw; nonce: string } {
  const shown = fields.map(({ text }) => visible(text.value));
  for (let attempt = 0; ; attempt += 1) {
    const draw = drawFrom(key, [...content, attempt]);
    const nonce = draw.hex(16);
    if (shown.every(text => !text.includes(nonce))) return { draw, nonce };
  }
}

/**
 * The data of a field between two lines that carry the nonce; the first says what it is, and whose. The nonce stands as often as it
 * must and no oftener: it is twenty tokens each time.
 */
export const enclose = (nonce: string, { name, text }: Field, owner = ''): string =>
  `BEGIN ${nonce} ${owner === '' ? '' : `${owner} `}${name}\n${visible(text.value)}\nEND ${nonce}`;

import type { Reviewed } from './evidence.ts';
import { licences } from './licences.ts';
import { readings } from './readings.ts';

/** A part of the page that is about more than how often a rule is told, such as a table of what people write as licence. */
export type Section = {
  readonly title: string;
  /** Markdown, without the title. */
  readonly render: (reviewed: readonly Reviewed[], accepted: Reviewed) => string;
};

/** In the order of the page. */
export const sections: readonly Section[] = [licences, readings];

import { editDistance } from '../closest.ts';
import { leafNode } from '../contribution.ts';
import { foldText } from './fold.ts';

/** What a leaf is about, by its folders alone. */
export type Topic = {
  /** The leaf node, as people mean it: without case, blanks, hyphens and underscores. */
  readonly place: string;
  /** The same of the last folder. */
  readonly name: string;
  /** The first folder: skills and knowledge are never one topic. */
  readonly tree: string;
};

/** Longer paths are refused by a rule. In UTF-16 code units. */
const MAX_PATH = 500;

/** The topic of a `qna.yaml`; undefined for one that lies in no leaf node, such as one in the root, or too deep to be taken. */
export function topicOf(path: string): Topic | undefined {
  if (path.length > MAX_PATH) return undefined;
  const folders = leafNode(path)
    .split('/')
    .map(folder => foldText(folder).replaceAll(/[\s_-]/g, ''))
    .filter(folder => folder !== '');
  const [tree, ...rest] = folders;
  const name = rest.at(-1);
  return tree === undefined || name === undefined ? undefined : { place: folders.join('/'), name, tree };
}

/**
 * Names of one topic that people spell in two ways: equal, or one letter apart from eight letters on ("thermo", "termo"). Numbers
 * must be the same: `part_1` and `part_2` are two.
 */
export function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  if (!isMisspellable(a) || !isMisspellable(b) || Math.abs(a.length - b.length) > 1) return false;
  return digitsOf(a) === digitsOf(b) && editDistance(a, b) <= 1;
}

/** Keys of which two names that are the same (see `isSameName`) share at least one: the name, and it with each letter left out. */
export function nameKeys(name: string): readonly string[] {
  if (!isMisspellable(name)) return [name];
  return [...new Set([name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))])];
}

const isMisspellable = ({ length }: string): boolean => length >= 8 && length <= 64;

const digitsOf = (name: string): string => name.replaceAll(/[^0-9]/g, '');

/** A name that so many leaves bear says how they are made, not what they are about: `csv`, `bullet_points`. */
const MIN_GENERIC = 2;

/**
 * Names that are no topic by themselves: those of several leaves, and those of folders that hold other folders, which are
 * categories. `paths` are leaves that belong together: those of the taxonomy, or those of a pull request.
 */
export function genericNames(paths: Iterable<string>): ReadonlySet<string> {
  const places = new Map<string, Set<string>>();
  const generic = new Set<string>();
  for (const path of paths) {
    const topic = topicOf(path);
    if (topic === undefined) continue;
    const bearers = (places.get(topic.name) ?? new Set()).add(topic.place);
    places.set(topic.name, bearers);
    if (bearers.size >= MIN_GENERIC) generic.add(topic.name);
    for (const category of topic.place.split('/').slice(0, -1)) generic.add(category);
  }
  return generic;
}

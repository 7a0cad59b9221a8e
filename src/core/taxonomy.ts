import type { FileRole, LeafKind } from './contribution.ts';
import type { PullRequest } from './pull-request.ts';

/** The folders that hold contributions. Core skills are not contributable, but are ours to refuse. */
export const TAXONOMY_FOLDERS = ['compositional_skills', 'knowledge', 'foundational_skills'] as const;

/** What was in the taxonomy, at the tip of the base branch, when the review began. */
export type Taxonomy = {
  readonly sha: string;
  /** Path to blob id of every file under the taxonomy's folders. */
  readonly files: ReadonlyMap<string, string>;
};

/** The schema that a path asks for, by its first folder; undefined outside the two contributable trees. */
export function leafKindOf(path: string): LeafKind | undefined {
  if (path.startsWith('compositional_skills/')) return 'skill';
  return path.startsWith('knowledge/') ? 'knowledge' : undefined;
}

/** Whether the path lies under one of the taxonomy's folders, or is one of them. */
export const isInTaxonomy = (path: string): boolean =>
  isTaxonomyFolder(path) || TAXONOMY_FOLDERS.some(folder => path.startsWith(`${folder}/`));

/** Whether the path is that of one of the folders themselves: a file or link there takes the place of all that it held. */
export const isTaxonomyFolder = (path: string): boolean => TAXONOMY_FOLDERS.some(folder => folder === path);

/**
 * What a file is for us, by its path alone. `misplaced` is a file that was meant as a contribution but has the wrong name or
 * place: any other YAML file under the folders, a `qna.txt`, or a `qna.yaml` outside of them. GitHub's own `.github` folder is never one.
 */
export function roleOf(path: string): FileRole {
  const given = path.slice(path.lastIndexOf('/') + 1);
  // What nobody can see in a name does not make it another file for people.
  const name = given.replace(/\p{C}/gu, '');
  const isInside = isInTaxonomy(path);
  if (given === 'qna.yaml') return isInside ? 'qna' : isHidden(path) ? 'other' : 'misplaced';
  if (given === 'attribution.txt') return isInside ? 'attribution' : 'other';
  if (isInside) return ANY_YAML.test(name) || MEANT_AS_QNA.test(name) ? 'misplaced' : 'other';
  return MEANT_AS_QNA.test(name) && !isHidden(path) ? 'misplaced' : 'other';
}

const ANY_YAML = /\.ya?ml(?:\.txt)?\s*$/i;
/** `qna.yml`, `QNA.YAML`, `qna.txt`, `qna.ymal.txt`: names that contributors give the file by accident. */
const MEANT_AS_QNA = /^qna\.(?:ya?ml|ymal|txt)(?:\.txt)?\s*$/i;

const isHidden = (path: string): boolean => path.startsWith('.');

/**
 * Whether there is anything to review. A list that may not be whole counts as touching the taxonomy: what is missing from it
 * could.
 */
export const touchesTaxonomy = ({ files, incomplete }: Pick<PullRequest, 'files' | 'incomplete'>): boolean =>
  incomplete !== undefined || files.some(({ path, previousPath = path }) => [path, previousPath].some(isOurBusiness));

const isOurBusiness = (path: string): boolean => roleOf(path) !== 'other' || isInTaxonomy(path);

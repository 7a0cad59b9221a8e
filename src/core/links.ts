import type { RepositoryRef } from './pull-request.ts';

/** What we link to. Everything else stays text. */
export type LinkTarget =
  | {
      readonly type: 'file';
      readonly repository: Pick<RepositoryRef, 'owner' | 'name'>;
      readonly sha: string;
      readonly path: string;
      readonly line?: number;
      readonly endLine?: number;
    }
  | { readonly type: 'commit'; readonly repository: Pick<RepositoryRef, 'owner' | 'name'>; readonly sha: string }
  | {
      readonly type: 'pull-request';
      readonly repository: Pick<RepositoryRef, 'owner' | 'name'>;
      readonly number: number;
    }
  /** A comment of a pull request's conversation. */
  | {
      readonly type: 'comment';
      readonly repository: Pick<RepositoryRef, 'owner' | 'name'>;
      readonly number: number;
      readonly id: number;
    }
  /** The page on which a person adds a file to a branch, its name and text filled in. */
  | {
      readonly type: 'new-file';
      readonly repository: Pick<RepositoryRef, 'owner' | 'name'>;
      readonly branch: string;
      readonly path: string;
      readonly text: string;
    }
  /** A rule's heading in `docs/rules.md` of a repository that holds our documentation. */
  | { readonly type: 'rule'; readonly repository: Pick<RepositoryRef, 'owner' | 'name'>; readonly anchor: string }
  | { readonly type: 'app'; readonly slug: string };

/** Longer ones are cut by browsers and proxies. */
const MAX_URL = 4_000;

/**
 * The only maker of links: `[label](address)` on the configured GitHub host, every segment encoded. `label` is Markdown that is
 * already escaped. A target that no address can name (a path with `..`) gives the label alone.
 */
export function linkTo(host: string, target: LinkTarget, label: string): string {
  const url = addressOf(host, target);
  return url === undefined || label === '' ? label : `[${label}](${url})`;
}

/** The address, or undefined when the target cannot be named by one. */
export function addressOf(host: string, target: LinkTarget): string | undefined {
  const segments = segmentsOf(target);
  // Browsers resolve these, encoded or not, and would end up somewhere else.
  if (segments.some(segment => segment === '' || segment === '.' || segment === '..')) return undefined;
  const url = `${host.replace(/(?<!\/)\/+$/, '')}/${segments.map(encode).join('/')}${queryOf(target)}${fragmentOf(target)}`;
  return url.length <= MAX_URL ? url : undefined;
}

function segmentsOf(target: LinkTarget): readonly string[] {
  if (target.type === 'app') return ['apps', target.slug];
  const { owner, name } = target.repository;
  switch (target.type) {
    case 'file':
      return [owner, name, 'blob', target.sha, ...target.path.split('/')];
    case 'rule':
      // The tip of the default branch: what is looked up is the rule as it is now.
      return [owner, name, 'blob', 'HEAD', 'docs', 'rules.md'];
    case 'commit':
      return [owner, name, 'commit', target.sha];
    case 'new-file':
      // GitHub finds out by itself where the branch ends and the folder begins.
      return [owner, name, 'new', ...target.branch.split('/'), ...target.path.split('/').slice(0, -1)];
    case 'pull-request':
    case 'comment':
      return [owner, name, 'pull', String(target.number)];
  }
}

function queryOf(target: LinkTarget): string {
  if (target.type !== 'new-file') return '';
  return `?filename=${encode(target.path.slice(target.path.lastIndexOf('/') + 1))}&value=${encode(target.text)}`;
}

function fragmentOf(target: LinkTarget): string {
  if (target.type === 'comment') return `#issuecomment-${target.id}`;
  if (target.type === 'rule') return `#${encode(target.anchor)}`;
  if (target.type !== 'file' || target.line === undefined) return '';
  const { line, endLine = line } = target;
  return endLine > line ? `#L${line}-L${endLine}` : `#L${line}`;
}

const encode = (segment: string): string =>
  encodeURIComponent(segment.toWellFormed()).replaceAll(
    /[!'()*~]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

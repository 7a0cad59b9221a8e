/** A content-addressed store of git objects, with git's own hashes: one for a repository and all its forks. */
import { createHash } from 'node:crypto';

/** Git's modes: file, executable, symlink, submodule. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

export type TreeFile = { mode: FileMode; sha: string };

/** All files of a tree by their full path. */
export type FlatTree = ReadonlyMap<string, TreeFile>;

export type TreeEntry = { name: string; mode: FileMode | '040000'; type: 'blob' | 'tree' | 'commit'; sha: string };

export type Signature = { name: string; email: string; date: string };

export type Commit = {
  sha: string;
  tree: string;
  parents: readonly string[];
  author: Signature;
  committer: Signature;
  message: string;
};

/** What a person changes: text or bytes of a file, `null` to delete it, or a symlink, submodule or executable. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { mode: FileMode; content: string | Uint8Array }
  | { mode: '160000'; sha: string };

export type GitStore = ReturnType<typeof createGitStore>;

const hashObject = (type: string, body: Uint8Array): string =>
  createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');

/** Sorts names as git does: a folder as if it ended in a slash. */
const gitOrder = (a: TreeEntry, b: TreeEntry): number =>
  Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b)));

const sortKey = ({ name, type }: TreeEntry): string => (type === 'tree' ? `${name}/` : name);

export function createGitStore() {
  const blobs = new Map<string, Buffer>();
  const trees = new Map<string, readonly TreeEntry[]>();
  const commits = new Map<string, Commit>();
  const flat = new Map<string, FlatTree>();

  function addBlob(content: string | Uint8Array): string {
    const bytes = Buffer.from(content as Uint8Array);
    const sha = hashObject('blob', bytes);
    blobs.set(sha, bytes);
    return sha;
  }

  function addFolder(files: readonly (readonly [readonly string[], TreeFile])[]): string {
    const entries: TreeEntry[] = [];
    const folders = new Map<string, (readonly [readonly string[], TreeFile])[]>();
    for (const [[name = '', ...rest], file] of files) {
      if (rest.length === 0) entries.push({ name, ...file, type: file.mode === '160000' ? 'commit' : 'blob' });
      else folders.set(name, [...(folders.get(name) ?? []), [rest, file]]);
    }
    for (const [name, inner] of folders) entries.push({ name, mode: '040000', type: 'tree', sha: addFolder(inner) });
    entries.sort(gitOrder);
    const body = Buffer.concat(
      entries.flatMap(({ mode, name, sha }) => [
        Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
        Buffer.from(sha, 'hex'),
      ]),
    );
    const sha = hashObject('tree', body);
    trees.set(sha, entries);
    return sha;
  }

  /** Stores a tree with all its folders and returns its hash. */
  function addTree(files: FlatTree): string {
    const sha = addFolder([...files].map(([path, file]) => [path.split('/'), file] as const));
    flat.set(sha, new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
    return sha;
  }

  const readTree = (sha: string): FlatTree => flat.get(sha) ?? new Map();

  /** Applies changes to a tree; the result is a new tree's hash. */
  function changeTree(tree: string | undefined, changes: Readonly<Record<string, FileChange>>): string {
    const files = new Map(tree === undefined ? [] : readTree(tree));
    for (const [path, change] of Object.entries(changes)) {
      if (change === null) files.delete(path);
      else if (typeof change === 'string' || change instanceof Uint8Array)
        files.set(path, { mode: files.get(path)?.mode ?? '100644', sha: addBlob(change) });
      else if ('sha' in change) files.set(path, change);
      else files.set(path, { mode: change.mode, sha: addBlob(change.content) });
    }
    return addTree(files);
  }

  function addCommit(commit: Omit<Commit, 'sha'>): Commit {
    const signature = ({ name, email, date }: Signature) =>
      `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map(parent => `parent ${parent}`),
      `author ${signature(commit.author)}`,
      `committer ${signature(commit.committer)}`,
    ];
    const sha = hashObject('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`));
    const stored = { ...commit, sha };
    commits.set(sha, stored);
    return stored;
  }

  /** The commit and all it descends from, nearest first. */
  function history(sha: string): readonly Commit[] {
    const seen = new Set<string>();
    const found: Commit[] = [];
    let wave = [sha];
    while (wave.length > 0) {
      const fresh = wave.filter(item => !seen.has(item) && seen.add(item));
      const these = fresh.flatMap(item => commits.get(item) ?? []);
      found.push(...these);
      wave = these.flatMap(({ parents }) => parents);
    }
    return found;
  }

  /** The nearest commit that both descend from, as the three-dot diff uses it. */
  function mergeBase(a: string, b: string): string | undefined {
    const known = new Set(history(a).map(({ sha }) => sha));
    return history(b).find(({ sha }) => known.has(sha))?.sha;
  }

  /** Commits reachable from `head` and not from `base`, oldest first. */
  function commitsBetween(base: string, head: string): readonly Commit[] {
    const known = new Set(history(base).map(({ sha }) => sha));
    return history(head)
      .filter(({ sha }) => !known.has(sha))
      .toReversed();
  }

  const commitTree = (sha: string): FlatTree => readTree(commits.get(sha)?.tree ?? '');

  return {
    blobs,
    trees,
    commits,
    addBlob,
    addTree,
    readTree,
    changeTree,
    addCommit,
    history,
    mergeBase,
    commitsBetween,
    commitTree,
  };
}

/** The longest real one has 92 characters. */
const MAX_LENGTH = 200;
const MAX_WILD = 12;

/** More than any real file has, tenfold. */
export const MAX_PATTERNS = 40;

/** In words what keeps a pattern from being looked for, to follow "The pattern `…` "; undefined when nothing does. */
export function objectionTo(pattern: string): string | undefined {
  if (pattern.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters.`;
  if (/^[a-z][a-z+.-]*:\/\//i.test(pattern)) return 'is an address. Write the path of the file inside the repository.';
  if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern))
    return 'begins outside of the repository. Write a path without `/` before it.';
  if (pattern.includes('\\')) return 'has a backslash. Write `/` between folders.';
  if (pattern.split('/').includes('..')) return 'leads out of the repository. Write a path without `..`.';
  if (/[\p{Cc}\p{Cf}]/u.test(pattern)) return 'has characters that nobody can see. Write it again.';
  if (/^<.*>$/.test(pattern)) return 'is that of the template. Write the names of your files.';
  if (/\{[^{}]*,/.test(pattern)) return 'has braces, which are not understood. Write a line for each file.';
  if (pattern.replaceAll(/[^*?[]/g, '').length > MAX_WILD)
    return 'has too many wildcards. Name the files more exactly.';
  return undefined;
}

/**
 * What secrets look like where Assay has or could meet them: PEM blocks, GitHub's tokens (installation tokens in both forms: 36
 * letters and digits, or with parts joined by dots), JSON web tokens, keys of model providers and clouds, and the password in the
 * address of a database. Sources: GitHub's page on token formats, and the providers' own documentation.
 */
const secrets = [
  // Not beyond a quotation mark: what is redacted may be a line of JSON.
  /-----BEGIN [A-Z ]{1,40}-----[^"-]{0,8000}(?:-----END [A-Z ]{1,40}-----)?/g,
  /\b(?:gh[opsur]_|github_pat_)[\w.-]{8,}/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g,
  /\b(?:sk|xai|gsk|pplx|r8|hf|nvapi)[-_][\w-]{12,}/g,
  /\bAIza[\w-]{30,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
];

/** A value behind a word that says what it is; the word stays. */
const named =
  /\b(authorization|api-?key|x-api-key|password|passwd|secret|token)\b(["']?\s{0,4}[:=]\s{0,4}["']?)(?:(?:bearer|basic|token)\s{1,4})?[^\s"',;}{]{6,}/gi;

/** `postgres://user:password@host`. */
const userinfo = /(:\/\/[^\s:/@"]{0,200}):[^\s@/"]{1,400}@/g;

/** The text without anything that looks like a secret. Linear in its length. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED);
  return clean.replaceAll(userinfo, `$1:${REDACTED}@`).replaceAll(named, `$1$2${REDACTED}`);
}

const REDACTED = '[redacted]';

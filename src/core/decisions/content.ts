import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { hashText } from '../finding.ts';
import type { PullRequest } from '../pull-request.ts';
import { isInTaxonomy, roleOf } from '../taxonomy.ts';

/**
 * What a pull request asks to change in the taxonomy: equal for two heads exactly if it is the same. Merging the base branch in, or
 * a change beside the taxonomy, leaves it as it is. Hex, 40 characters.
 */
export const contentOf = ({ files }: Pick<PullRequest, 'files'>): string =>
  hashText(
    JSON.stringify(
      files
        .filter(({ path, previousPath = path }) =>
          [path, previousPath].some(each => isInTaxonomy(each) || roleOf(each) !== 'other'),
        )
        .map(({ path, status, previousPath, blobSha }) => [path, status, previousPath ?? '', blobSha])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  );

/** Signs which content a comment's decision was given for, so that only we can have said so: maintainers may edit our comment. */
export type Seal = (commentId: number, content: string) => string;

/** The seals of one pull request, made with a secret of this server. 32 hexadecimal digits each. */
export const sealFor =
  (key: string, { repository, number }: Pick<PullRequest, 'repository' | 'number'>): Seal =>
  (commentId, content) =>
    bytesToHex(
      hmac(sha256, utf8ToBytes(key), utf8ToBytes(`decision\0${repository.id}#${number}\0${commentId}\0${content}`)),
    ).slice(0, 32);

const LINE = /^<!-- assay:decided ((?:\d{1,15}=[0-9a-f]{32} ?){1,50}) -->$/;

/** A hidden line of our comment that keeps the seals; empty without any. */
export const sealLine = (seals: ReadonlyMap<number, string>): string =>
  seals.size === 0
    ? ''
    : `<!-- assay:decided ${[...seals]
        .slice(-50)
        .map(([id, seal]) => `${id}=${seal}`)
        .join(' ')} -->`;

/** The seals that our comment keeps, by comment. Whether one is true is seen by making it again. */
export function readSeals(body: string | undefined): ReadonlyMap<number, string> {
  const lines = (body ?? '').split('\n').map(line => LINE.exec(line.trim())?.[1]);
  const found = lines.find(line => line !== undefined) ?? '';
  return new Map(
    found
      .trim()
      .split(' ')
      .filter(pair => pair !== '')
      .map(pair => {
        const [id = '', seal = ''] = pair.split('=');
        return [Number(id), seal] as const;
      }),
  );
}

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommitId, readAddress } from '../../../src/core/documents/address.ts';

describe('the address of a document', () => {
  test.each([
    'https://github.com/jo-doe/lighthouses',
    'https://github.com/jo-doe/lighthouses/',
    'https://github.com/jo-doe/lighthouses.git',
    'HTTPS://GitHub.com/jo-doe/lighthouses',
  ])('%s', text => {
    const repository = { owner: 'jo-doe', name: 'lighthouses' };
    expect(readAddress(text)).toEqual({ type: 'address', address: { host: 'github.com', repository } });
  });

  test.each([
    ['a page of it', 'https://github.com/jo-doe/lighthouses/blob/main/a.md'],
    ['an owner alone', 'https://github.com/jo-doe'],
    ['no path', 'https://github.com'],
    ['two dots as the name', 'https://github.com/jo-doe/..'],
    ['two dots as the owner', 'https://github.com/../jo-doe'],
    ['a way up, then down', 'https://github.com/jo-doe/../../admin'],
    ['an empty part', 'https://github.com//jo-doe/lighthouses'],
  ])('%s names no repository', (_, text) => {
    expect(readAddress(text)).toEqual({ type: 'address', address: { host: 'github.com' } });
  });

  test('a host that only begins or ends like another is another', () => {
    for (const host of ['github.com.evil.example', 'evilgithub.com', 'xn--gthub-cta.com'])
      expect(readAddress(`https://${host}/a/b`)).toMatchObject({ address: { host } });
  });

  test.each([
    ['SSH', 'git@github.com:jo-doe/lighthouses.git', 'SSH'],
    ['SSH as an address', 'ssh://git@github.com/jo-doe/lighthouses', 'SSH'],
    ['no encryption', 'http://github.com/jo-doe/lighthouses', '`http://`'],
    ['a user', 'https://github.com@evil.example/a/b', 'user name'],
    ['a user and a password', 'https://user:secret@github.com/a/b', 'user name'],
    ['a port', 'https://github.com:8443/a/b', 'without a port'],
    ['this machine', 'https://localhost/a/b', 'by its name'],
    ['an IP address', 'https://127.0.0.1/a/b', 'by its name'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest/meta-data', 'by its name'],
    ['a decimal IP address', 'https://2130706433/a/b', 'by its name'],
    ['a hexadecimal IP address', 'https://0x7f000001/a/b', 'by its name'],
    ['a short IP address', 'https://127.1/a/b', 'by its name'],
    ['an octal IP address', 'https://0177.0.0.1/a/b', 'by its name'],
    ['a dot at the end', 'https://github.com./a/b', 'by its name'],
    ['IPv6', 'https://[::1]/a/b', 'no address'],
    ['IPv4 in IPv6', 'https://[::ffff:7f00:1]/a/b', 'no address'],
    ['another scheme', 'file:///etc/passwd', 'no address'],
    ['git’s own scheme', 'git://github.com/a/b', 'no address'],
    ['a helper of git', 'ext::sh -c id', 'no address'],
    ['an option', '--upload-pack=touch /tmp/x', 'no address'],
    ['a backslash', String.raw`https://github.com\@evil.example/a/b`, 'no address'],
    ['an encoded slash', 'https://github.com/a/b%2f..%2fc', 'no address'],
    ['a query', 'https://github.com/a/b?redirect=1', 'no address'],
    ['a fragment', 'https://github.com/a/b#readme', 'no address'],
    ['a line feed', 'https://github.com/a/b\nhttps://evil.example', 'no address'],
    ['letters that look alike', 'https://gıthub.com/a/b', 'no address'],
    ['full-width letters', 'https://ｇithub.com/a/b', 'no address'],
    ['a path on this disk', '/home/jo/lighthouses', 'no address'],
    ['nothing but a name', 'jo-doe/lighthouses', 'no address'],
    ['a long text', `https://github.com/${'a'.repeat(600)}`, 'characters'],
  ])('%s is refused', (_, text, why) => {
    expect(readAddress(text)).toEqual({ type: 'objection', objection: expect.stringContaining(why) });
  });

  test('what is read as a repository can be put into a path as it is', () => {
    const text = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
      fc.string().map(rest => `https://github.com/${rest}`),
    );
    fc.assert(
      fc.property(text, given => {
        const read = readAddress(given);
        if (read.type === 'objection' || read.address.repository === undefined) return;
        const { owner, name } = read.address.repository;
        const url = new URL(`https://api.example/repos/${owner}/${name}`);
        expect(url.pathname).toBe(`/repos/${owner}/${name}`);
        expect(new URL(given).hostname).toBe(read.address.host);
      }),
    );
  });
});

test('a commit is 40 hexadecimal digits', () => {
  expect(isCommitId('0123456789abcdef0123456789abcdef01234567')).toBe(true);
  for (const text of ['0123456', 'main', 'HEAD', `${'a'.repeat(40)}\n`, 'g'.repeat(40), 'a'.repeat(41)])
    expect(isCommitId(text)).toBe(false);
});

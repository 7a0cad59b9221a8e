import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn } from '../../../src/core/attribution/addresses.ts';
import { tierOf } from '../../../src/core/attribution/source.ts';
import { permanentLink, wikipediaPage } from '../../../src/core/attribution/wikipedia.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { readPolicy } from '../../../src/core/read-policy.ts';

const texts = (text: string) => linksIn(text).map(link => link.text);
const tier = (text: string, policy = defaultPolicy) =>
  linksIn(text).map(({ url }) => (url ? tierOf(url, policy.attribution) : 'unlisted'))[0];

describe('addresses in a text', () => {
  test.each([
    ['see https://a.example/b_(c), and <http://d.example>.', ['https://a.example/b_(c)', 'http://d.example']],
    ['[Rain](https://a.example/rain)', ['https://a.example/rain']],
    ['(https://a.example/b)', ['https://a.example/b']],
    ['en.wikipedia.org/wiki/Rain', ['en.wikipedia.org/wiki/Rain']],
    ['Apache-2.0/MIT and/or e.g. this', []],
    ['https:', []],
  ])('%s', (text, found) => expect(texts(text)).toEqual(found));
});

describe('on which list a source stands', () => {
  test.each([
    ['https://en.wikipedia.org/wiki/Rain', 'approved'],
    ['http://wikipedia.org/', 'approved'],
    ['en.wikipedia.org/wiki/Rain', 'approved'],
    ['https://www.gutenberg.org/ebooks/1', 'approved'],
    ['https://github.com/open-organization/book', 'approved'],
    ['https://science.nasa.gov/rain', 'to-verify'],
    ['https://github.com/open-organization-of-mine/book', 'unlisted'],
    ['https://github.com/open-organization/../me/book', 'unlisted'],
    ['https://rain.example/', 'unlisted'],
  ])('%s: %s', (text, expected) => expect(tier(text)).toBe(expected));

  test.each([
    'https://en.wikipedia.org.evil.example/wiki/Rain',
    'https://evil.example/en.wikipedia.org/wiki/Rain',
    'https://evil.example#en.wikipedia.org/wiki/Rain',
    'https://evil.example?en.wikipedia.org/wiki/Rain',
    'https://en.wikipedia.org@evil.example/wiki/Rain',
    'https://evil.example\\@en.wikipedia.org/wiki/Rain',
    'https://me:pass@en.wikipedia.org/wiki/Rain',
    'https://en.wikipedia.org:8443/wiki/Rain',
    'https://en.wikipedia.org./wiki/Rain',
    'https://en.wikipediа.org/wiki/Rain',
    'https://en.xn--wikipedi-86g.org/wiki/Rain',
    'https://en.wikipedia.org%2eevil.example/wiki/Rain',
    'https://en-wikipedia.org/wiki/Rain',
    'https://evilwikipedia.org/wiki/Rain',
    'https://en.wikipedia.org\u3002evil.example/wiki/Rain',
    'https:/evil.example/en.wikipedia.org',
    'https://en.wikipedia.org/wiki/User:Mallory/Rain',
    'https://en.wikipedia.org/wiki/Draft:Rain',
    'https://en.wikipedia.org/w/index.php?title=User_talk:Mallory&oldid=1',
  ])('%s is on none', text => expect(tier(text)).toBe('unlisted'));

  test('a policy has its own lists', () => {
    const { policy, problem } = readPolicy('attribution:\n  approvedSources: [rain.example, snow.example/free]\n');
    expect(problem).toBeUndefined();
    expect(
      ['https://a.rain.example/', 'https://snow.example/free/x', 'https://snow.example/freebies'].map(text =>
        tier(text, policy),
      ),
    ).toEqual(['approved', 'approved', 'unlisted']);
    for (const wrong of ['https://a.example', '*.example', 'a', 'a.example:80', 'a.example/../b'])
      expect(readPolicy(`attribution:\n  approvedSources: ["${wrong}"]\n`).problem).toContain('approvedSources');
    expect(readPolicy('attribution:\n  acceptedLicences: [mit]\n').problem).toMatch(/id of SPDX/);
  });
});

describe('pages of Wikipedia', () => {
  const page = (address: string) => wikipediaPage(new URL(address));

  test.each([
    ['/wiki/Rain', { title: 'Rain' }],
    ['/wiki/Rain?oldid=12', { title: 'Rain', oldid: '12' }],
    ['/w/index.php?title=Rain_(film)&oldid=12', { title: 'Rain_(film)', oldid: '12' }],
    ['/w/index.php?title=Rain&diff=prev&oldid=12', { title: 'Rain', oldid: '12' }],
    ['/w/index.php?title=Rain&action=edit', { title: 'Rain' }],
    ['/wiki/Special:PermanentLink/12', { oldid: '12' }],
    ['/wiki/Rain&oldid=12', { title: 'Rain', oldid: '12', isBroken: true }],
    ['/wiki/%E0%A4%A', { isBroken: true }],
    ['/w/index.php?title=Rain&oldid=12x', { title: 'Rain' }],
  ])('%s', (path, expected) =>
    expect(page(`https://en.wikipedia.org${path}`)).toEqual({ host: 'en.wikipedia.org', isBroken: false, ...expected }),
  );

  test('other hosts have none', () => expect(page('https://wikipedia.org.evil.example/wiki/Rain')).toBeUndefined());

  test('the link to a revision leads back to its title and number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 1e11 }), (text, number) => {
        const title = text.toWellFormed().replaceAll(' ', '_');
        expect(page(permanentLink('de.wikipedia.org', title, String(number)))).toEqual({
          host: 'de.wikipedia.org',
          title,
          oldid: String(number),
          isBroken: false,
        });
      }),
    );
  });
});

import { PUBLIC_DOMAIN } from './licence-names.ts';

/** What the taxonomy's CONTRIBUTING.md allows, beside the public domain: nothing that limits commercial use or derived works. */
export const acceptedLicences: readonly string[] = [
  'CC0-1.0',
  'CDLA-Permissive-2.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'Apache-2.0',
  'MIT',
  PUBLIC_DOMAIN,
];

/** The approved sources of instructlab/dev-docs, `knowledge-submissions-past-wikipedia.md`, by their hosts. */
export const approvedSources: readonly string[] = [
  'wikipedia.org',
  'wikisource.org',
  'gutenberg.org',
  'openstax.org',
  'theopenorganization.org',
  'github.com/open-organization',
  'scrumguides.org',
];

/** Those that it calls reviewed, to be verified by hand for each page. */
export const sourcesToVerify: readonly string[] = [
  'congress.gov',
  'whitehouse.gov',
  'senate.gov',
  'irs.gov',
  'nasa.gov',
  'library.si.edu',
  'europa.eu',
  'archive.org',
  'plos.org',
  'openpracticelibrary.com',
  'cynefin.io',
];

/** `wikipedia.org`, or `github.com/open-organization` for a part of a site: a host with all below it, and a folder. */
export const SOURCE_PATTERN = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]{1,100}){0,8}$/;

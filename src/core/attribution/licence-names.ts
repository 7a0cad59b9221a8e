/** What a name stands for: the id of a licence, `public-domain`, a family without the version, or no licence at all. */
export type Meaning =
  | { readonly is: 'licence'; readonly id: string }
  | { readonly is: 'family'; readonly like: string }
  | { readonly is: 'refused' }
  | { readonly is: 'nothing' };

/** No id of SPDX; the guides allow it beside the licences. */
export const PUBLIC_DOMAIN = 'public-domain';

const licence = (id: string, ...names: readonly string[]) =>
  names.map(name => [name, { is: 'licence', id } as const] as const);
const family = (like: string, ...names: readonly string[]) =>
  names.map(name => [name, { is: 'family', like } as const] as const);
const meaning = (is: 'refused' | 'nothing', ...names: readonly string[]) =>
  names.map(name => [name, { is } as const] as const);

/** Names that are no ids of SPDX, in the words that `wordsOf` leaves of them. From the real files, and the licences' own titles. */
export const knownNames: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...licence('Apache-2.0', 'apache2.0', 'apache-2.0-january-2004', 'apl-2.0', 'asl-2.0'),
  ...licence('MIT', 'expat', 'mit-expat'),
  ...licence(
    'CC0-1.0',
    'cc0',
    'cc0-1.0-dedication',
    'cc-0',
    'cc-zero-1.0',
    'cc-zero',
    'cc0-1.0-public-domain-dedication',
  ),
  ...licence('CDLA-Permissive-2.0', 'community-data-agreement-permissive-2.0'),
  ...licence('CC-BY-4.0', 'cc-by4.0'),
  ...licence('CC-BY-SA-4.0', 'cc-by-sa4.0'),
  ...licence(
    PUBLIC_DOMAIN,
    'public-domain',
    'publicdomain',
    'in-public-domain',
    'public-domain-mark-1.0',
    'us-public-domain',
  ),
  ...licence('OGL-UK-3.0', 'open-government-3.0', 'ogl-3.0', 'uk-open-government-3.0'),
  ...licence('OGL-Canada-2.0', 'open-government-canada-2.0'),
  ...family('Apache-2.0', 'apache'),
  ...family('CC-BY-SA-4.0', 'cc-by-sa', 'wp-cc-by-sa', 'wikipedia-cc-by-sa'),
  ...family('CC-BY-4.0', 'cc-by', 'by'),
  ...family('CDLA-Permissive-2.0', 'cdla', 'cdla-permissive'),
  ...meaning(
    'refused',
    'gpl',
    'gplv2',
    'gplv3',
    'gpl-2.0',
    'gpl-3.0',
    'gnu-gpl',
    'gnu-general-public',
    'lgpl',
    'agpl',
    'agplv3',
  ),
  ...meaning(
    'refused',
    'all-rights-reserved',
    'all-rights-are-reserved',
    'copyright',
    'copyrighted',
    'proprietary',
    'eula',
  ),
  ...meaning('refused', 'commercial', 'confidential', 'internal', 'closed-source', 'fair-use'),
  ...meaning(
    'nothing',
    '',
    'no',
    'none',
    'n',
    'n-a',
    'na',
    'nan',
    'null',
    'nil',
    'unknown',
    'tbd',
    'not-applicable',
    'unlicensed',
  ),
  ...meaning('nothing', 'cc', 'free', 'open', 'open-source', 'opensource', 'free-to-use', 'public', 'yes', 'standard'),
  ...meaning(
    'nothing',
    'self',
    'self-authored',
    'self-created',
    'self-generated',
    'own',
    'own-work',
    'personal-experience',
  ),
  ...meaning('nothing', 'ibm', 'red-hat', 'redhat', 'redhat.com', 'google', 'microsoft', 'wikipedia', 'github', 'test'),
]);

/** Words that no accepted licence has: who uses one forbids what the taxonomy needs. */
export const FORBIDDING: ReadonlySet<string> = new Set(['nc', 'nd', 'noncommercial', 'noderivatives']);

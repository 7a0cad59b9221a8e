/**
 * What the judge sorts each example by: closed lists, so that nothing an example says can travel on in them. They are all that
 * the questions about a file as a whole learn of its examples.
 */
export const facets = {
  activity: [
    'write-text',
    'rewrite-text',
    'summarise',
    'extract',
    'classify',
    'format',
    'play-a-role',
    'plan',
    'explain',
    'recall-fact',
    'reason',
    'calculate',
    'program',
    'translate',
    'joke-or-poem',
    'other',
  ],
  subject: [
    'arts',
    'engineering',
    'everyday-life',
    'geography',
    'history',
    'language',
    'law-and-society',
    'mathematics',
    'medicine',
    'philosophy',
    'religion',
    'science',
    'sports-and-games',
    'technology',
    'work-and-business',
    'other',
  ],
  topic_to_avoid: [
    'none',
    'private-data',
    'violence',
    'hate-or-harassment',
    'profanity',
    'sexual-content',
    'religious-advocacy',
    'medical-advice',
    'financial-advice',
    'legal-advice',
    'political-campaigning',
    'automated-decisions',
    'internal-documents',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Facet = keyof typeof facets;

export const facetNames = ['activity', 'subject', 'topic_to_avoid'] as const satisfies readonly Facet[];

/** How one example was sorted: a word of each list. */
export type Facets = Readonly<Record<Facet, string>>;

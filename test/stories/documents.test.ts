import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attribution } from './contributions.ts';
import type { Files } from './contributions.ts';
import { DOCUMENT_HOST, startWorld } from './taxonomy-world.ts';
import type { World } from './taxonomy-world.ts';
import type { Taxonomy } from './taxonomy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ model: 'none' });
});
afterAll(() => world[Symbol.asyncDispose]());

const sentences = [
  'The harbour of the island was dug by hand in the winter of 1811.',
  'Its northern wall is made of granite that was brought in from the mainland.',
  'A ferry has crossed the sound twice a day since the road was built.',
  'In the autumn storms the gate of the harbour is kept shut for weeks.',
  'The lamp at the end of the pier is the oldest one on the coast.',
];

type Document = { readonly repo: string; readonly commit: string; readonly patterns: readonly string[] };

/** A leaf of knowledge that is sound but for what its document says. */
const knowledge = (document: Document, contexts: readonly string[] = sentences): Files => ({
  'knowledge/geography/harbour/qna.yaml': stringify(
    {
      version: 3,
      created_by: 'mira',
      domain: 'harbours',
      document_outline: 'How the harbour of a small island was built and is kept',
      seed_examples: contexts.map((context, index) => ({
        context,
        questions_and_answers: ['first', 'second', 'third'].map(ordinal => ({
          question: `What is the ${ordinal} thing that sentence ${index} says?`,
          answer: `The ${ordinal} thing of sentence ${index}: ${context}`,
        })),
      })),
      document,
    },
    { lineWidth: 0 },
  ),
  'knowledge/geography/harbour/attribution.txt': attribution,
});

let repositories = 0;

/** A repository on the same GitHub, whose owner has never heard of the App. */
function publish(files: Files, more: { readonly isPrivate?: boolean } = {}): Document {
  const name = `islander${++repositories}/harbour`;
  const { isPrivate = false } = more;
  const created = world.github.createRepository({ name, files, private: isPrivate, licence: 'CC-BY-4.0' });
  return {
    repo: `https://${DOCUMENT_HOST}/${name}.git`,
    commit: created.branches.get('main') ?? '',
    patterns: ['*/harbour.md'],
  };
}

const text = `# The harbour\n\n${sentences.map(sentence => sentence.replace(' of ', ' **of** ')).join('\n')}\n`;

/** What is said of documents on the lines of the file, as `severity-level | rule | message`. */
const marks = (taxonomy: Taxonomy, number: number) =>
  (taxonomy.check(number, 'assay/rules')?.annotations ?? [])
    .filter(({ title }) => title?.includes('document/'))
    .map(({ annotation_level, title, message }) => `${annotation_level} | ${title ?? ''} | ${message}`);

const callsTo = (document: Document): number => {
  const name = new URL(document.repo).pathname.slice(1, -'.git'.length);
  return world.github.exchanges.filter(
    ({ path, body }) => `${path} ${JSON.stringify(body)}`.includes(`/${name}/`) || path === `/repos/${name}`,
  ).length;
};

describe('documents of knowledge', () => {
  test('a sound one is looked up with three calls and a query, and nothing is said', async () => {
    const taxonomy = await world.taxonomy();
    const document = publish({ 'text/harbour.md': text });
    const number = await taxonomy.open(knowledge(document));
    expect(marks(taxonomy, number)).toEqual([]);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
    expect(callsTo(document)).toBe(3);
    await taxonomy.sweep();
    expect(callsTo(document)).toBe(4);
  });

  test('a context that is not in it is a question; a pattern without a file an error', async () => {
    const taxonomy = await world.taxonomy();
    const document = publish({ 'text/harbour.md': text });
    const invented = 'Nobody knows any more who once made this place or what for.';
    const number = await taxonomy.open(
      knowledge({ ...document, patterns: ['text/*.md', 'Text/harbour.md'] }, [invented, ...sentences.slice(1)]),
    );
    expect(marks(taxonomy, number)).toEqual([
      expect.stringMatching(/^failure \| .*document\/patterns.*matches no file of the repository/),
      expect.stringMatching(/document\/contexts.*Nothing of this context was found/),
    ]);
    expect(taxonomy.conclusions(number)['assay/rules']).toBe('failure');
  });

  test('what cannot be seen is a question and never an error: missing, private, moved, another host', async () => {
    const taxonomy = await world.taxonomy();
    const there = publish({ 'text/harbour.md': text });
    const hidden = publish({ 'text/harbour.md': text }, { isPrivate: true });
    const moved = publish({ 'text/harbour.md': text });
    world.github.rename(new URL(moved.repo).pathname.slice(1, -'.git'.length), 'port');
    const documents: readonly (readonly [Document, RegExp])[] = [
      [{ ...there, repo: `https://${DOCUMENT_HOST}/islander/nowhere` }, /No public repository is seen/],
      [hidden, /No public repository is seen/],
      [moved, /was renamed or moved/],
      [{ ...there, repo: 'https://elsewhere.example/a/b' }, new RegExp(`only repositories on \`?${DOCUMENT_HOST}`)],
      [{ ...there, commit: 'a'.repeat(40) }, /has no such commit/],
    ];
    for (const [document, message] of documents) {
      const number = await taxonomy.open(knowledge(document));
      expect(marks(taxonomy, number)).toEqual([expect.stringMatching(message)]);
      expect(taxonomy.conclusions(number)['assay/rules']).toBe('success');
      expect(taxonomy.labels(number)).toContain('triage-uncertain');
    }
  });

  test('trouble with it is a question, and the review goes on', async () => {
    const taxonomy = await world.taxonomy();
    const document = publish({ 'text/harbour.md': text });
    const end = world.github.fault({ path: /islander.*\/compare\//, times: 50, respond: { status: 502 } });
    const number = await taxonomy.open(knowledge(document));
    end();
    expect(marks(taxonomy, number)).toEqual([expect.stringMatching(/GitHub did not answer as it should/)]);
    await taxonomy.sweep();
    expect(marks(taxonomy, number)).toEqual([]);
  });

  test('with `lookUp: false` nobody is asked', async () => {
    const taxonomy = await world.taxonomy({ policy: 'documents:\n  lookUp: false\n' });
    const document = publish({ 'text/harbour.md': text });
    const number = await taxonomy.open(knowledge({ ...document, patterns: ['nowhere.md'] }));
    expect(marks(taxonomy, number)).toEqual([]);
    expect(callsTo(document)).toBe(0);
  });
});

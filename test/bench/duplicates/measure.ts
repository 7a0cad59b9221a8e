import { sql } from 'kysely';
import type { ExampleText } from '../../../src/core/duplicates/near-example.ts';
import { hashText } from '../../../src/core/finding.ts';
import type { Examples, IndexedBlob } from '../../../src/ports.ts';
import type { Database } from '../../../src/store/database.ts';
import type { IndexTerms } from '../../../src/core/duplicates/index-terms.ts';
import { termsOf } from '../../../src/core/duplicates/index-terms.ts';
import { nominate } from '../../../src/core/duplicates/nominate.ts';
import { createExamples } from '../../../src/store/examples.ts';
import { filePostings, readPostings, sortBands } from '../../../src/store/postings.ts';
import { liveSegments, mergeSegments } from '../../../src/store/segments.ts';
import { ms, quantile } from '../figures.ts';
import type { Figure } from '../figures.ts';
import { rougeL } from './corpus.ts';
import type { Corpus, Query } from './corpus.ts';

const repository = { id: 1, owner: 'bench', name: 'taxonomy' };
const NOBODY = { repository, number: 0 };

/** Examples of one leaf: the mean of real ones. */
const EXAMPLES_OF_A_LEAF = 7;
const LEAVES_AT_A_TIME = 2_800;
const QUERIES = 300;

/** An index that grows, and what was measured of it at each size. */
export type GrowingIndex = {
  grow(size: number): Promise<readonly Figure[]>;
  /** Of the rewordings: how many partners are among the first ten. */
  measure(): Promise<readonly Figure[]>;
};

/** Begins with the partners of the rewordings; the rest is the corpus, in its order. */
export function growIndex(
  name: string,
  database: Database,
  corpus: Corpus,
  rewordings: Readonly<Record<string, readonly Query[]>>,
): GrowingIndex {
  const examples = createExamples(database);
  const partners = Object.values(rewordings).flatMap(queries => queries.map(({ partner }) => partner));
  const files = new Map<string, string>();
  const textAt = (index: number): ExampleText => partners[index] ?? corpus.example(index - partners.length);
  let size = 0;
  const title = (what: string): string => `${name}, ${size.toLocaleString('en')} examples: ${what}`;

  return {
    async grow(target) {
      const before = size;
      let milliseconds = 0;
      while (size < target) {
        const blobs: IndexedBlob[] = [];
        while (blobs.length < LEAVES_AT_A_TIME && size < target) {
          const texts = Array.from({ length: Math.min(EXAMPLES_OF_A_LEAF, target - size) }, (_, at) =>
            textAt(size + at),
          );
          const blobSha = hashText(String(size));
          files.set(`knowledge/${size}/qna.yaml`, blobSha);
          blobs.push({ blobSha, examples: texts.map(indexed) });
          size += texts.length;
        }
        const started = performance.now();
        await examples.add(repository, blobs);
        milliseconds += performance.now() - started;
        process.stderr.write(`  ${size} ${((1000 * (size - before)) / milliseconds).toFixed(0)}/s\n`);
      }
      const taxonomy = { sha: String(size), files };
      const started = performance.now();
      await examples.nearestOf(NOBODY, [textAt(0)], taxonomy, new Set());
      return [
        {
          what: title('storing leaves and their examples, and indexing them'),
          value: perSecond(size - before, milliseconds),
        },
        {
          what: title('beside the texts'),
          value: `${Math.round(await bytesOfAnExample(database, size))} bytes an example`,
          goal: '1 kB',
        },
        {
          what: title(`first look at a new commit of ${files.size.toLocaleString('en')} leaves`),
          value: ms(performance.now() - started),
        },
      ];
    },
    async measure() {
      const begun = performance.now();
      await examples.settle(repository);
      const figures: Figure[] = [
        { what: title('settling the index, as the sweep does'), value: ms(performance.now() - begun) },
        { what: title('segments then'), value: String((await liveSegments(database.kysely, repository.id)).length) },
        {
          what: title('beside the texts then'),
          value: `${Math.round(await bytesOfAnExample(database, size))} bytes an example`,
          goal: '1 kB',
        },
      ];
      await prepare(database);
      const taxonomy = { sha: String(size), files };
      const near = (text: ExampleText) => examples.nearestOf(NOBODY, [text], taxonomy, new Set());
      const indexed = size - partners.length;
      for (const field of ['question', 'context', 'answer'] as const) {
        const queries = corpus.copies(field, indexed, QUERIES);
        const { times, found } = await look(queries, near, field);
        const byBands = await timeSource(queries, database, ({ bands }) => ({ bands, words: [] }));
        figures.push({
          what: title(`near-verbatim by ${field === 'context' ? 'question and context' : field}`),
          value: `${percent(found)} in the first 10; candidates by bands ${spread(byBands)}; whole lookup ${spread(times)}`,
          goal: '98 %, candidates p95 ≤ 5 ms',
        });
      }
      for (const [kind, queries] of Object.entries(rewordings)) {
        const { times, found } = await look(queries, near, 'question');
        const byWords = await timeSource(queries, database, ({ words }) => ({ bands: [], words }));
        figures.push({
          what: title(`reworded, ${kind} (${queries.length})`),
          value: `${percent(found)} in the first 10; candidates by words ${spread(byWords)}; whole lookup ${spread(times)}`,
          goal: '90 % at 10,000, candidates p95 ≤ 50 ms',
        });
      }
      figures.push({
        what: title('memory of this process'),
        value: `${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      });
      return figures;
    },
  };
}

/** An index alone, of texts that are stored elsewhere, which grows. */
export type GrowingPostings = {
  /** Takes texts apart, chooses words, sorts, packs, writes and merges. Twenty thousand at a time, as leaves are added above. */
  build(size: number): Promise<readonly Figure[]>;
  /** How long nominating takes. */
  time(): Promise<readonly Figure[]>;
};

export function growPostings(name: string, database: Database, corpus: Corpus): GrowingPostings {
  const { kysely } = database;
  let size = 0;
  const title = (what: string): string => `${name}, ${size.toLocaleString('en')} examples: ${what}`;
  return {
    async build(target) {
      const before = size;
      let milliseconds = 0;
      while (size < target) {
        const ids = Array.from({ length: Math.min(20_000, target - size) }, (_, at) => size + at + 1);
        const texts = ids.map(id => corpus.example(id - 1));
        const started = performance.now();
        await kysely.transaction().execute(async trx => {
          const filed = termsOf(texts).map((terms, at) => ({ id: ids[at] ?? 0, terms }));
          await filePostings(trx, repository.id, filed, sortBands(filed));
        });
        await mergeSegments(kysely, repository.id, 'grown');
        milliseconds += performance.now() - started;
        size += ids.length;
      }
      return [
        {
          what: title('building the index of stored texts'),
          value: perSecond(size - before, milliseconds),
          goal: '15,000 a second',
        },
      ];
    },
    async time() {
      await mergeSegments(kysely, repository.id, 'settled');
      await prepare(database);
      await sql`insert into near_index (repository_id, texts) values (${repository.id}, ${size})
        on conflict (repository_id) do update set texts = ${size}`.execute(kysely);
      const figures: Figure[] = [
        {
          what: title('segments of the index'),
          value: String((await liveSegments(kysely, repository.id)).length),
        },
      ];
      for (const field of ['question', 'context', 'answer'] as const) {
        const queries = corpus.copies(field, size, QUERIES);
        for (const [source, only] of [
          ['bands', ({ bands }: IndexTerms) => ({ bands, words: [] })],
          ['words', ({ words }: IndexTerms) => ({ bands: [], words })],
        ] as const)
          figures.push({
            what: title(`candidates by ${source}, copies by ${field}`),
            value: spread(await timeSource(queries, database, only)),
          });
      }
      return figures;
    },
  };
}

const perSecond = (count: number, milliseconds: number): string =>
  `${Math.round((1000 * count) / milliseconds).toLocaleString('en')} examples a second`;

/** Asks one by one. A partner counts as found when it, or a text that is as close, is among the first ten. */
async function look(
  queries: readonly Query[],
  near: (text: ExampleText) => ReturnType<Examples['nearestOf']>,
  field: 'question' | 'context' | 'answer',
): Promise<{ readonly times: readonly number[]; readonly found: number }> {
  for (const { asked } of queries.slice(0, 20)) await near(asked);
  const times: number[] = [];
  let found = 0;
  for (const { asked, partner } of queries) {
    const started = performance.now();
    const [nearest = []] = await near(asked);
    times.push(performance.now() - started);
    const likeness = (text: ExampleText): number => rougeL(asked[field] ?? '', text[field] ?? '');
    const goal = likeness(partner);
    if (nearest.slice(0, 10).some(text => text[field] === partner[field] || (goal >= 0.7 && likeness(text) >= goal)))
      found++;
  }
  return { times, found: found / queries.length };
}

/** How long one source takes to nominate candidates, in milliseconds: from the text to their ids. */
async function timeSource(
  queries: readonly Query[],
  { kysely }: Database,
  only: (terms: IndexTerms) => IndexTerms,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const { asked } of queries) {
    const started = performance.now();
    const terms = termsOf([asked]).map(fields => fields.map(only));
    const postings = await readPostings(kysely, repository.id, terms);
    for (const fields of terms) nominate(fields, postings);
    times.push(performance.now() - started);
  }
  return times;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const spread = (times: readonly number[]): string =>
  `p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}`;

function indexed(text: ExampleText, index: number): IndexedBlob['examples'][number] {
  const key = hashText(`${text.question}\0${text.context ?? ''}`);
  return { key, wholeKey: hashText(`${key}\0${text.answer}`), line: 1 + 10 * index, text };
}

/** What a server does by itself before long. */
async function prepare({ kysely }: Database): Promise<void> {
  await sql`analyze`.execute(kysely);
}

/** Tables and indexes of everything but trees, without the texts themselves as they are stored. */
async function bytesOfAnExample({ kysely }: Database, size: number): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (select sum(pg_total_relation_size(name::regclass))
        from unnest(array['blob', 'example', 'example_text', 'near_index', 'segment', 'shelf']) as name)::float
      - (select sum(pg_column_size(question) + coalesce(pg_column_size(context), 0) + pg_column_size(answer))
        from example_text)::float as bytes`.execute(kysely);
  return (rows[0]?.bytes ?? 0) / size;
}

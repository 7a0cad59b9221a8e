import type { Fault } from '../simulator/faults.ts';
import type { GitHub } from '../simulator/github.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';
import type { Supervised } from './server.ts';
import type { Kill } from './server-entry.ts';

/** What trouble is made with. */
export type Means = {
  readonly github: GitHub;
  readonly server: Supervised;
  /** The next so many calls of the model are answered with an error; `struck` at the first. */
  readonly failModel: (count: number, struck: () => void) => void;
  /** The clock of GitHub and of the server jumps forward. */
  readonly later: (milliseconds: number) => void;
  /** What was delivered since this history began. */
  readonly deliveries: () => GitHub['webhooks']['deliveries'];
  /** Ends every connection of the database; absent where it has none. */
  readonly cutDatabase?: () => Promise<void>;
};

/** Begins one trouble, and calls `struck` when it strikes; gives what ends it, if it does not end by itself. */
type Trouble = (means: Means, random: Random, struck: () => void) => (() => void) | void;

const MONTHS_MS = 120 * 24 * 3_600_000;

const LIMIT = 'You have exceeded a secondary rate limit';

const answers = {
  'GitHub answers 500': { respond: { status: 500 } },
  'GitHub answers 502': { respond: { status: 502 } },
  'GitHub answers 403': { respond: { status: 403, message: 'Resource not accessible by integration' } },
  'GitHub answers 422': { respond: { status: 422, message: 'Validation Failed' } },
  'GitHub answers 404, its servers lag': { method: 'GET', respond: { status: 404, message: 'Not Found' } },
  'GitHub answers 429 and when to come again': {
    respond: { status: 429, message: LIMIT, headers: { 'retry-after': '1' } },
  },
  'GitHub answers with a secondary limit and no hint': { respond: { status: 403, message: LIMIT } },
  'GitHub cuts the connection': { dropConnection: true },
  'GitHub writes, and its answer is lost': { method: 'POST', dropConnection: true, afterEffect: true },
  'GitHub changes, and its answer is lost': { method: 'PATCH', dropConnection: true, afterEffect: true },
} as const satisfies Record<string, Fault>;

const answering = Object.entries(answers).map(([name, fault]): readonly [string, Trouble] => [
  name,
  ({ github }, { below }, struck) =>
    github.fault({ path: /^\/(?:repos\/|graphql)/, after: below(12), times: 1 + below(2), struck, ...fault }),
]);

const killed =
  (when: Kill['when'], what: Kill['what'], longest: number): Trouble =>
  ({ server }, { below }, struck) => {
    server.plan({ type: 'kill', when, what, count: 1 + below(longest) }, below(6), struck);
    return () => server.tell({ type: 'spare' });
  };

/** Trouble that strikes as soon as it begins. */
const atOnce =
  (trouble: (means: Means, random: Random) => (() => void) | void): Trouble =>
  (means, random, struck) => {
    struck();
    return trouble(means, random);
  };

/** Every kind of trouble, by the name under which it is counted. */
export const troubles: readonly (readonly [name: string, begin: Trouble])[] = [
  ['killed before a request', killed('before', 'request', 25)],
  ['killed after a request', killed('after', 'request', 25)],
  ['killed before a statement', killed('before', 'statement', 150)],
  ['killed after a statement', killed('after', 'statement', 150)],
  ...answering,
  ['the model fails', ({ failModel }, { below }, struck) => failModel(1 + below(6), struck)],
  ['the clock jumps', atOnce(({ later }, { below }) => later((1 + below(180)) * 60_000))],
  ['deliveries are lost', atOnce(({ github }, { below }) => github.webhooks.dropNext(1 + below(3)))],
  ['deliveries do not arrive', atOnce(({ github }, { below }) => github.webhooks.failNext(1 + below(3)))],
  ['deliveries come twice', atOnce(({ github }) => hold(github, 'duplicate'))],
  ['deliveries come late and in the wrong order', atOnce(({ github }) => hold(github, 'hold'))],
  ['an old delivery comes again', withOld((webhooks, id) => void webhooks.redeliver(id))],
  ['a delivery of months ago comes', withOld((webhooks, id) => void webhooks.replay(id, MONTHS_MS))],
  [
    'the database is restarted',
    atOnce(({ cutDatabase, server }, { below }) => {
      const which = below(6);
      void (cutDatabase === undefined ? server.kill(which) : cutDatabase());
    }),
  ],
];

/** Something with one of the deliveries that this history has had. */
function withOld(again: (webhooks: GitHub['webhooks'], id: number) => void): Trouble {
  return ({ github, deliveries }, { below }, struck) => {
    const had = deliveries();
    const old = had[below(Math.max(had.length, 1))];
    if (old === undefined) return;
    struck();
    again(github.webhooks, old.id);
  };
}

function hold({ webhooks }: GitHub, mode: 'duplicate' | 'hold'): () => void {
  webhooks.mode = mode;
  return () => {
    webhooks.mode = 'deliver';
  };
}

/** The kinds are dealt like cards, so that neighbouring seeds have all of them between them. */
export function dealTrouble(position: number): readonly [name: string, begin: Trouble] {
  const { below } = randomFrom(DECKS + Math.floor(position / troubles.length));
  const deck = [...troubles];
  for (let last = deck.length - 1; last > 0; last--) {
    const other = below(last + 1);
    const [a, b] = [deck[last], deck[other]];
    if (a !== undefined && b !== undefined) [deck[last], deck[other]] = [b, a];
  }
  const dealt = deck[position % deck.length];
  if (dealt === undefined) throw new Error('There is no trouble.');
  return dealt;
}

/** Decks are shuffled by other seeds than those of histories. */
const DECKS = 1_000_000;

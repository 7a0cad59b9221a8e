import type { Fault } from '../simulator/faults.ts';
import type { GitHub } from '../simulator/github.ts';
import type { Random } from './random.ts';
import type { Supervised } from './server.ts';

/** What trouble is made with. */
export type Means = {
  readonly github: GitHub;
  readonly server: Supervised;
  /** The next so many calls of the model are answered with an error. */
  readonly failModel: (count: number) => void;
  /** The clock of GitHub and of the server jumps forward. */
  readonly later: (milliseconds: number) => void;
  /** Ends every connection of the database; absent where it has none. */
  readonly cutDatabase?: () => Promise<void>;
};

/** Begins one trouble; gives what ends it, if it does not end by itself. */
type Trouble = (means: Means, random: Random) => (() => void) | void;

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
  ({ github }, { below }) =>
    github.fault({ path: /^\/(?:repos\/|graphql)/, after: below(12), times: 1 + below(2), ...fault }),
]);

const killedAt =
  (when: 'before' | 'after'): Trouble =>
  ({ github, server }, { below }) => {
    let left = 1 + below(40);
    const stop = github.on(when, async () => {
      if (--left > 0) return undefined;
      stop();
      await server.kill();
      return 'drop';
    });
    return stop;
  };

/** Every kind of trouble, by the name under which it is counted. */
export const troubles: readonly (readonly [name: string, begin: Trouble])[] = [
  ['killed before a request', killedAt('before')],
  ['killed after a request', killedAt('after')],
  ['killed before a statement', ({ server }, { below }) => server.tell(kill('before', 1 + below(150)))],
  ['killed after a statement', ({ server }, { below }) => server.tell(kill('after', 1 + below(150)))],
  ...answering,
  ['the model fails', ({ failModel }, { below }) => failModel(1 + below(6))],
  ['the clock jumps', ({ later }, { below }) => later((1 + below(180)) * 60_000)],
  ['deliveries are lost', ({ github }, { below }) => github.webhooks.dropNext(1 + below(3))],
  ['deliveries do not arrive', ({ github }, { below }) => github.webhooks.failNext(1 + below(3))],
  ['deliveries come twice', ({ github }) => hold(github, 'duplicate')],
  ['deliveries come late and in the wrong order', ({ github }) => hold(github, 'hold')],
  [
    'an old delivery comes again',
    ({ github }, { below }) => {
      const { deliveries } = github.webhooks;
      const old = deliveries[below(Math.max(deliveries.length, 1))];
      if (old !== undefined) void github.webhooks.redeliver(old.id);
    },
  ],
  ['the database is restarted', ({ cutDatabase, server }) => void (cutDatabase ?? server.kill)()],
];

const kill = (when: 'before' | 'after', statement: number) => ({ type: 'kill', when, statement }) as const;

function hold({ webhooks }: GitHub, mode: 'duplicate' | 'hold'): () => void {
  webhooks.mode = mode;
  return () => {
    webhooks.mode = 'deliver';
  };
}

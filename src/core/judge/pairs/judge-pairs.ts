import type { ExampleText } from '../../duplicates/near-example.ts';
import { steeringIn } from '../../screens/steering.ts';
import { isTooLong } from '../judged.ts';
import { mapLimited } from '../map-limited.ts';
import type { Ask, Spender } from '../model.ts';
import { pairFields, writePairQuestion } from './pair-question.ts';
import { readPairReply } from './pair-reply.ts';
import type { PairOpinion } from './pair-reply.ts';

/** Two examples, and a name by which the caller knows them. */
export type AskedPair = { readonly name: string; readonly here: ExampleText; readonly there: ExampleText };

/** Pairs of one contribution about which the judge is asked: 20 calls at most. */
export const MAX_JUDGED_PAIRS = 10;

/** What judging pairs needs from its caller. */
export type PairJudging = {
  readonly ask: Ask;
  /** Secret of this server. */
  readonly key: string;
  readonly spender: Spender;
  readonly pause?: () => Promise<void>;
};

/**
 * Asks twice about each pair, once the other way round. Only what both replies say, each with words of both texts that prove it,
 * is an opinion. Texts that read like instructions to a model are not asked about: what a reply says of them is worth nothing.
 */
export async function judgePairs(
  pairs: readonly AskedPair[],
  judging: PairJudging,
): Promise<ReadonlyMap<string, PairOpinion>> {
  const asked = pairs.filter(isFit).slice(0, MAX_JUDGED_PAIRS);
  const opinions = await mapLimited(asked, 2, async ({ name, here, there }) => {
    await judging.pause?.();
    return [name, await judgePair(here, there, judging)] as const;
  });
  return new Map(opinions.flatMap(([name, opinion]) => (opinion === undefined ? [] : [[name, opinion] as const])));
}

const isFit = ({ here, there }: AskedPair): boolean => {
  const fields = [...pairFields(here), ...pairFields(there)];
  return !isTooLong(fields) && fields.every(({ text }) => steeringIn(text.value).length === 0);
};

async function judgePair(
  here: ExampleText,
  there: ExampleText,
  { ask, key, spender }: PairJudging,
): Promise<PairOpinion | undefined> {
  const vote = async (turn: 0 | 1): Promise<PairOpinion | undefined> => {
    const question = writePairQuestion(here, there, turn, key);
    const reply = await ask(question.request, spender);
    return reply.outcome === 'ok' ? readPairReply(question, reply.text) : undefined;
  };
  const first = await vote(0);
  // The second could not make an opinion of none.
  if (first === undefined) return undefined;
  const second = await vote(1);
  return second?.verdict === first.verdict ? first : undefined;
}

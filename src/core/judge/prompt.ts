import { contentOf, drawFor, enclose } from './case.ts';
import type { Case } from './case.ts';
import { drawFrom } from './draw.ts';
import { instructions } from './instructions.ts';
import type { ModelRequest } from './model.ts';
import { replySchema } from './reply.ts';
import type { ReplyForm } from './reply.ts';
import { isFileKind } from './rubric.ts';
import { pickSentinels } from './sentinels/pick.ts';
import type { Sentinel } from './sentinels/pick.ts';

/** Room for three checklists with short quotes, and for models that think before they reply. */
const MAX_COMPLETION_TOKENS = 4_000;

/** One call about a case, and what is needed to read its reply. */
export type Checklist = {
  readonly request: ModelRequest;
  readonly form: ReplyForm;
  /** Id of the contributed example in this call. */
  readonly caseId: string;
  /** Examples of which we know what must be said, by their ids in this call. */
  readonly sentinels: ReadonlyMap<string, Sentinel>;
};

/**
 * Writes the checklist for one vote (0, 1, 2) on a case. With the contributed example go a known-good and a known-bad one of ours,
 * in an order and under ids that nobody can foresee without the key. The system part is the same for all cases of a kind and vote,
 * so that providers may cache it; the data comes last. The first vote has the questions in the rubric's order; the others have
 * other orders and wordings. Equal cases give equal requests.
 */
export function writeChecklist(about: Case, vote: number, key: string): Checklist {
  const { kind, version, criteria } = about;
  const { draw, nonce } = drawFor(key, ['checklist', vote, ...contentOf(about)], about.fields);
  const sentinels = pickSentinels(kind, criteria, draw);
  const shown = draw.shuffle([about, ...sentinels]).map(each => ({ each, id: draw.hex(6) }));
  const isSorted = !isFileKind(kind);
  const asked = vote === 0 ? criteria : drawFrom(key, ['order', kind, version, vote]).shuffle(criteria);
  return {
    request: {
      system: instructions(kind, asked, vote > 0),
      user: [
        `The id of this message is ${nonce}.`,
        ...shown.flatMap(({ each, id }) => each.fields.map(field => enclose(nonce, field, id))),
        `End of the data of ${nonce}. Reply with the JSON object now.`,
      ].join('\n'),
      schema: { name: 'checklist', schema: replySchema({ criteria: asked, isSorted }) },
      maxCompletionTokens: MAX_COMPLETION_TOKENS,
    },
    form: { criteria, ids: shown.map(({ id }) => id), isSorted },
    caseId: shown.find(({ each }) => each === about)?.id ?? '',
    sentinels: new Map(shown.flatMap(({ each, id }) => ('breaks' in each ? [[id, each] as const] : []))),
  };
}

import type { Concern, Severity } from '../finding.ts';
import { fold } from './fold.ts';
import type { Folded } from './fold.ts';
import { hiddenCharactersIn } from './hidden-characters.ts';
import { modelTracesIn } from './model-traces.ts';
import { modelNamesIn } from './proprietary-models.ts';
import { locate } from './screen.ts';
import type { Hit, Screened } from './screen.ts';
import { severeLanguageIn } from './severe-language.ts';
import type { Span } from './span.ts';
import { steeringIn } from './steering.ts';
import { avoidedTopicsIn, skillsNotTakenIn } from './topics.ts';

/** One kind of thing that a text is looked through for. `find` is linear in the text. */
type TextScreen = {
  readonly rule: string;
  readonly severity: Severity;
  readonly find: (found: Found) => readonly Span[];
  readonly message: (kind: string) => string;
};

/** What the detectors found in one text; each looks at it once. */
type Found = {
  readonly text: string;
  readonly steering: readonly Span[];
  readonly language: readonly Span[];
  readonly names: readonly Span[];
  readonly traces: readonly Span[];
};

const ofKind = (spans: readonly Span[], kind: string): readonly Span[] => spans.filter(each => each.kind === kind);

const textScreens: readonly TextScreen[] = [
  {
    rule: 'screen/hidden-characters',
    severity: 'error',
    find: ({ text }) => hiddenCharactersIn(text),
    message: kind => `Here stands ${kind}, which people cannot see but a model reads. Delete it.`,
  },
  {
    rule: 'screen/chat-token',
    severity: 'error',
    find: ({ steering }) => ofKind(steering, 'chat-token'),
    message: () =>
      'This is a mark with which chat templates begin or end a turn. Training would break at it; remove it.',
  },
  {
    rule: 'screen/pipeline-tag',
    severity: 'error',
    find: ({ steering }) => ofKind(steering, 'pipeline-tag'),
    message: () =>
      'This is a delimiter or a score as the pipeline that makes synthetic data reads it. Its results would be cut wrongly; write it otherwise.',
  },
  {
    rule: 'screen/instruction',
    severity: 'question',
    find: ({ steering }) => ofKind(steering, 'instruction'),
    message: () =>
      'This reads like an instruction to a model or a judge. Write it otherwise, or say in a comment why the example needs it.',
  },
  {
    rule: 'screen/template',
    severity: 'note',
    find: ({ traces }) => ofKind(traces, 'template'),
    message: () =>
      'This looks like a placeholder of a template that was not filled in. If it is meant as text, leave it.',
  },
  {
    rule: 'screen/severe-language',
    severity: 'question',
    find: ({ language }) => ofKind(language, 'severe'),
    message: () => 'This looks like a slur or a threat. Take it out, or say in a comment why it must stand here.',
  },
  {
    rule: 'screen/coarse-language',
    severity: 'note',
    find: ({ language }) => ofKind(language, 'coarse'),
    message: () => 'This is swearing, which the guides ask to avoid. A milder word will do.',
  },
  {
    rule: 'screen/proprietary-model',
    severity: 'error',
    find: ({ names }) => ofKind(names, 'named'),
    message: () =>
      'This names a language model that somebody else owns. Remove the name, and what was made with the model.',
  },
  {
    rule: 'screen/perhaps-proprietary-model',
    severity: 'question',
    find: ({ names }) => ofKind(names, 'perhaps'),
    message: () =>
      'This may name a language model that somebody else owns. If it does, remove it; if not, say in a comment what it means.',
  },
  {
    rule: 'screen/model-disclosure',
    severity: 'note',
    find: ({ traces }) => ofKind(traces, 'disclosure'),
    message: () => 'A language model speaks of itself here. Answers should be written by people.',
  },
];

/** Concerns that one rule tells of one text: the others are mended with the first ones. */
const MAX_OF_A_RULE = 5;

/** What one screen found in a text. */
type TextHits = { readonly screen: TextScreen; readonly hits: readonly Hit[] };

/** What the screens find in a text, in the order of the rules; at most five of a rule. Linear in the text. */
export function screenText(text: string, folded: Folded = fold(text)): readonly TextHits[] {
  const found: Found = {
    text,
    steering: steeringIn(text, folded),
    language: severeLanguageIn(folded),
    names: modelNamesIn(folded),
    traces: modelTracesIn(folded),
  };
  return textScreens.map(screen => ({ screen, hits: hitsOf(screen.find(found)) }));
}

/** The concerns about what was found. */
export const textConcerns = (file: Screened, found: readonly TextHits[]): readonly Concern[] =>
  found.flatMap(({ screen, hits }) => locate(file, hits, screen.rule, screen.severity, screen.message));

/** What a `qna.yaml` as a whole seems to be about: one concern for each topic. A triager decides about them all. */
export const topicConcerns = (file: Screened, folded: Folded): readonly Concern[] => [
  ...locate(
    file,
    hitsOf(avoidedTopicsIn(file.path, folded)),
    'screen/topic-to-avoid',
    'question',
    topic => `This may be about ${topic}, which the guides ask to avoid. A triager decides.`,
  ),
  ...locate(
    file,
    hitsOf(skillsNotTakenIn(file.path, folded)),
    'screen/skill-not-taken',
    'question',
    skill => `The folder says that this is ${skill}. The taxonomy takes no such skills; a triager decides.`,
  ),
];

const hitsOf = (spans: readonly Span[]): readonly Hit[] =>
  spans.slice(0, MAX_OF_A_RULE).map(({ start, end, kind }) => ({ start, end, what: kind }));

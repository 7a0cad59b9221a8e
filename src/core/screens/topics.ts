import { fold } from './fold.ts';
import type { Folded } from './fold.ts';
import type { Span } from './span.ts';

/** A topic that the guides of the taxonomy ask to avoid, or a kind of skill that they do not take. */
type Topic = {
  readonly name: string;
  /** Folder names of a skill that say so. Knowledge may hold the facts of nearly every topic. */
  readonly folders: readonly string[];
  /** Two different ones in a file say so too. */
  readonly phrases?: RegExp;
};

const avoided: readonly Topic[] = [
  {
    name: 'violence or self-harm',
    folders: ['violence', 'weapons', 'suicide', 'self_harm', 'terrorism'],
    phrases: /\b(?:(?:make|build) a bomb|commit(?:ting)? suicide|self[- ]harm|end my life|hurt (?:him|her|myself))\b/gu,
  },
  {
    name: 'bullying, discrimination or insults',
    folders: ['bullying', 'racism', 'sexism', 'insults', 'slurs', 'hate_speech', 'discrimination'],
    phrases:
      /\b(?:racial slurs?|inferior race|master race|cyber ?bull(?:y|ying)|women belong|insult (?:him|her|them))\b/gu,
  },
  {
    name: 'advocacy of a religion',
    folders: ['religion', 'religious', 'bible', 'quran', 'theology'],
    phrases:
      /\b(?:one true (?:god|faith|religion)|convert to (?:christianity|islam|judaism|hinduism)|accept jesus|false religions?)\b/gu,
  },
  {
    name: 'advice on health',
    folders: ['medical', 'medicine', 'health', 'diagnosis', 'symptoms', 'mental_health', 'therapy'],
    phrases:
      /\b(?:(?:medications?|medicines?|dose) should i take|should i (?:stop|start) taking|do i have (?:cancer|diabetes|depression)|diagnose (?:me|my)|my symptoms)\b/gu,
  },
  {
    name: 'advice on money',
    folders: ['investing', 'investment', 'investments', 'stock_trading', 'financial_advice', 'personal_finance'],
    phrases:
      /\b(?:should i invest|(?:stocks?|shares|funds) should i buy|should i (?:buy|sell) (?:stocks?|shares|bitcoin)|my retirement savings)\b/gu,
  },
  {
    name: 'legal settlements',
    folders: ['litigation', 'lawsuits', 'legal_advice', 'settlements'],
    phrases: /\b(?:should i (?:sue|settle)|can i sue|settlement offer|my lawsuit)\b/gu,
  },
  {
    name: 'sexual content',
    folders: ['porn', 'pornography', 'erotica', 'nsfw', 'sex', 'sexuality'],
    phrases: /\b(?:porn(?:ography|ographic)?|erotica?|sexual intercourse|masturbat(?:e|ion)|orgasms?|blow ?job)\b/gu,
  },
  {
    name: 'political campaigning',
    folders: ['politics', 'political', 'elections', 'campaigning', 'lobbying'],
    phrases:
      /\b(?:should i vote for|vote (?:republican|democrat|labour|conservative)|vote for (?:me|him|her)|campaign slogans?|lobby(?:ing)? (?:for|against))\b/gu,
  },
  {
    name: 'decisions about people made by machines',
    folders: ['social_scoring', 'social_credit'],
    phrases: /\b(?:social (?:credit )?scor(?:e|es|ing)|risk of reoffending|predictive policing)\b/gu,
  },
  {
    name: 'confidential documents',
    folders: ['confidential', 'internal_documents'],
    phrases: /\b(?:company confidential|internal use only|strictly confidential|confidential and proprietary)\b/gu,
  },
];

const notTaken: readonly Topic[] = [
  { name: 'mathematics, a core skill', folders: ['math', 'maths', 'mathematics', 'arithmetic', 'algebra', 'calculus'] },
  {
    name: 'code',
    folders: ['code', 'coding', 'programming', 'python', 'java', 'javascript', 'bash', 'sql', 'regex', 'kubernetes'],
  },
  { name: 'jokes', folders: ['jokes', 'joke', 'puns', 'dad_jokes'] },
  { name: 'poems', folders: ['poems', 'poem', 'poetry'] },
];

/** What a file seems to be about. The kind is the name of the topic; a span of nothing at the start where its folder says so. */
export const avoidedTopicsIn = (path: string, text: Folded): readonly Span[] => topicsOf(avoided, path, text);

/** The same of skills that are not taken: mathematics, code, jokes, poems. Told by the folder alone. */
export const skillsNotTakenIn = (path: string, text: Folded): readonly Span[] => topicsOf(notTaken, path, text);

function topicsOf(topics: readonly Topic[], path: string, { text, start, end }: Folded): readonly Span[] {
  const folders = path.startsWith('compositional_skills/')
    ? new Set(
        path
          .split('/')
          .slice(1, -1)
          .map(name => fold(name).text.replaceAll(/[- ]/g, '_')),
      )
    : new Set<string>();
  return topics.flatMap(({ name, folders: said, phrases }) => {
    if (said.some(folder => folders.has(folder))) return [{ start: 0, end: 0, kind: name }];
    if (phrases === undefined) return [];
    const first = new Map<string, number>();
    for (const { 0: phrase, index } of text.matchAll(phrases)) {
      if (!first.has(phrase)) first.set(phrase, index);
      if (first.size === 2) break;
    }
    const [phrase] = first;
    if (first.size < 2 || phrase === undefined) return [];
    return [{ start: start(phrase[1]), end: end(phrase[1] + phrase[0].length - 1), kind: name }];
  });
}

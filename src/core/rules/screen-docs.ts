import type { RuleDoc } from './rule.ts';

const upstream = 'Nothing automatic; triagers look for it.';

/** What the screens tell of the text of a file. They run in the thread that reads it. */
export const screenDocs: readonly RuleDoc[] = [
  {
    id: 'screen/secret',
    severity: 'error',
    why: 'The text holds what looks like a password, a token or a private key. A pull request is public, so it is known to everyone from now on. The file is not sent to a model.',
    remedy: 'Remove it, and revoke it wherever it is valid: removing it from the branch does not take it back.',
    waiver: 'maintain',
    upstream: 'Nothing automatic; GitHub may warn of some kinds.',
  },
  {
    id: 'screen/personal-data',
    severity: 'question',
    why: 'The text holds what looks like personal data, such as an address or a number that names one person. Only a person can tell whether it is somebody’s. The file is not sent to a model.',
    remedy: 'Use data that are made up, such as `jo@example.org`.',
    waiver: 'triage',
    upstream: 'A separate service of the project scans for it, and triagers look at it.',
  },
  {
    id: 'screen/hidden-characters',
    severity: 'error',
    why: 'The text holds characters that people cannot see and a model reads: zero-width ones, controls of text direction, tags. What reviewers read is then not what is trained.',
    remedy:
      'Delete what is named, most easily by typing the words around it anew. Joined emoji and the marks that Arabic, Hebrew or Indic scripts need are not told.',
    waiver: 'maintain',
    upstream,
    frequency: 'None of 154 accepted files.',
  },
  {
    id: 'screen/chat-token',
    severity: 'error',
    why: 'The text holds a mark with which a chat template begins or ends a turn, such as `<|assistant|>` or `[INST]`. A tokenizer may read it as the mark itself, and training breaks there.',
    remedy: 'Remove the mark, or describe it in words.',
    waiver: 'maintain',
    upstream,
    frequency: 'None of 154 accepted files.',
  },
  {
    id: 'screen/pipeline-tag',
    severity: 'error',
    why: 'The text holds a delimiter or score of the pipeline that makes synthetic data, such as `[Start of Question]` or `[[7]]`. Its results are cut at those.',
    remedy: 'Write it otherwise, for example `Question:`.',
    waiver: 'maintain',
    upstream,
    frequency: 'None of 154 accepted files.',
  },
  {
    id: 'screen/instruction',
    severity: 'question',
    why: 'The text reads like an instruction to a model or to a judge rather than to a reader. It could steer the tools that read the example.',
    remedy:
      'Write it otherwise, or say in a comment why the example needs it. Most texts of this kind pass unseen: this finds known forms only.',
    waiver: 'triage',
    upstream,
    frequency: 'None of 154 accepted files.',
  },
  {
    id: 'screen/template',
    severity: 'note',
    why: 'The text holds a placeholder such as `{{ name }}`. Often a template was not filled in; texts about Ansible or Helm hold them rightly.',
    remedy: 'Fill it in if it is left over.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/severe-language',
    severity: 'question',
    why: 'The text holds a slur or a threat. Only a person can tell whether it is quoted for a reason.',
    remedy: 'Take it out, or say in a comment why it must stand there.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/coarse-language',
    severity: 'note',
    why: 'The text holds swearing, which the guides ask to avoid.',
    remedy: 'Choose a milder word.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/proprietary-model',
    severity: 'error',
    why: 'The text names a language model that somebody else owns. Its terms may forbid training on what it wrote, and our model must not take its name.',
    remedy: 'Remove the name. If the model wrote the text, write it anew.',
    waiver: 'triage',
    upstream,
    frequency: 'None of 154 accepted files.',
  },
  {
    id: 'screen/perhaps-proprietary-model',
    severity: 'question',
    why: 'A name such as Bard, Gemini or Claude stands near words about models. It may also be a poet, a constellation or a first name.',
    remedy: 'Remove it if it is a model; otherwise say in a comment what it means.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/model-disclosure',
    severity: 'note',
    why: 'A language model speaks of itself in the text ("as an AI language model, I"). Answers should be written by people.',
    remedy:
      'Write the answer anew. No other sign of generated text is looked for: such detectors accuse people who write in a second language.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/topic-to-avoid',
    severity: 'question',
    why: 'The folder of a skill or the words of a file speak of a topic that the guides ask to avoid, such as advice on health, money or votes. These are hints, and a triager decides.',
    remedy:
      'Say in a comment why it is none of them, or choose another topic. Facts about most of them may be contributed as knowledge.',
    waiver: 'triage',
    upstream,
  },
  {
    id: 'screen/skill-not-taken',
    severity: 'question',
    why: 'The folder says that the skill is mathematics, code, a joke or a poem. The first is a core skill, and the others are no longer taken.',
    remedy: 'Say in a comment what the skill is if it is none of these; if it is one, it cannot be taken.',
    waiver: 'triage',
    upstream,
    frequency: '17 of 154 files accepted by April 2024, before jokes and poems were closed.',
  },
];

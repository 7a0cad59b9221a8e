import { codeSpan, fence } from '../escape.ts';
import { anchorOf } from './anchor.ts';
import { ruleDocs } from './index.ts';
import type { Mistake, RuleDoc, Waiver } from './rule.ts';

const families: Readonly<Record<string, string>> = {
  policy: 'The policy file',
  yaml: 'Reading the file',
  schema: 'The schema',
  yamllint: 'How the file is written',
  screen: 'What must not be sent to a model',
  layout: 'Names and places',
  attribution: 'Attribution',
  duplicate: 'Duplicates',
  content: 'What the examples say',
  contribution: 'The pull request',
};

/** The page `docs/rules.md`, made from the rules. */
export const renderRuleDocs = (): string => `# Rules

Everything that Assay finds without a model. An **error** is for the contributor to mend, a **question** is for a triager to look at, a **note** changes nothing. The same file always gets the same findings.

| Rule | Severity | Why |
| --- | --- | --- |
${ruleDocs.map(({ id, severity, why }) => `| [${codeSpan(id)}](#${anchorOf(id)}) | ${severity} | ${firstSentence(why)} |`).join('\n')}

"Waiver" says who may decide, with ${codeSpan('/assay waive')}, that a finding does not count. "Upstream" is what the reference checker (instructlab/schema) and the workflow of instructlab/taxonomy say about the same mistake.

${[...Map.groupBy(ruleDocs, ({ id }) => id.slice(0, id.indexOf('/')))].map(([family, docs]) => [`## ${families[family] ?? family}`, ...docs.map(renderRule)].join('\n\n')).join('\n\n')}
`;

/** One rule whole, as Markdown with its heading. */
export const renderRule = ({ id, severity, why, remedy, waiver, upstream, frequency, mistake }: RuleDoc): string =>
  [
    `### ${id}`,
    `**${severity}** · ${why}`,
    `*To mend it:* ${remedy}`,
    ...(mistake === undefined ? [] : [renderMistake(mistake)]),
    `*Waiver:* ${waivers[waiver]}`,
    `*Upstream:* ${upstream}`,
    ...(frequency === undefined ? [] : [`*How often:* ${frequency}`]),
  ].join('\n\n');

const waivers: Readonly<Record<Waiver, string>> = {
  triage: 'a triager.',
  maintain: 'a maintainer.',
  nobody: 'nobody, since the tools could not use the file.',
};

function renderMistake(mistake: Mistake): string {
  if (mistake.type === 'path') return `Wrong: ${codeSpan(mistake.wrong)}. Right: ${codeSpan(mistake.right)}.`;
  if (mistake.type === 'absent') return `Wrong: a ${codeSpan('qna.yaml')} without ${codeSpan(mistake.file)} beside it.`;
  return fence(`${marked('-', mistake.wrong)}${marked('+', mistake.right)}`, 'diff');
}

const marked = (sign: string, text: string): string =>
  text === ''
    ? ''
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map(line => `${sign} ${line}\n`)
        .join('');

/** What stands alone in a list. */
export const firstSentence = (text: string): string => /^[^]*?\.(?=\s|$)/.exec(text)?.[0] ?? text;

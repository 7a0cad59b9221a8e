import { readFileSync } from 'node:fs';
import { readEnvironment } from '../config/environment.ts';
import type { FileAccount } from '../core/contribution.ts';
import type { Finding } from '../core/finding.ts';
import type { ReviewPlan } from '../core/plan.ts';
import { startParser } from '../parser/index.ts';
import type { ParseFiles } from '../ports.ts';
import { rehearse } from '../recorded/rehearsal.ts';
import { reviewPullRequest } from '../review.ts';
import { createExamplesInMemory } from '../store/examples-in-memory.ts';
import { formatJson } from './formats/json.ts';
import { gitIn } from './git.ts';
import type { ExitCode } from './exit-code.ts';
import { localAsk, modelVariables } from './local-ask.ts';
import { markdownToText } from './markdown-text.ts';
import { exitCodeOf } from './report.ts';
import type { Terminal } from './terminal.ts';
import { localRef, workingTreeSource } from './working-tree.ts';

type Options = { readonly base?: string; readonly format: 'text' | 'markdown' | 'json' };

/** Runs the story on the working tree and shows the comment that a pull request from it would get. */
export async function review(folder: string, { base, format }: Options, terminal: Terminal): Promise<ExitCode> {
  const { files, findings, plan } = await rehearseReview(folder, base, terminal);
  const report = { files, findings };
  if (format === 'json') terminal.out(formatJson(report));
  else if (plan.comment === undefined) terminal.out('Nothing to review: no file of the taxonomy is changed.\n');
  else terminal.out(format === 'markdown' ? `${plan.comment}\n` : markdownToText(plan.comment, terminal));
  return exitCodeOf(report);
}

type Rehearsed = {
  readonly files: readonly FileAccount[];
  readonly findings: readonly Finding[];
  readonly plan: ReviewPlan;
};

async function rehearseReview(folder: string, base: string | undefined, { err }: Terminal): Promise<Rehearsed> {
  const top = (await gitIn(folder).read('rev-parse', '--show-toplevel')).replace(/\n$/, '');
  const source = await workingTreeSource(gitIn(top), top, base, new Date());
  const github = rehearse(source);
  const changed = (await github.loadPullRequest(localRef))?.files;
  const parser = startParser();
  let files: readonly FileAccount[] = [];
  // The story reads the base's files through the same port; only the account of the changed ones is told.
  const parse: ParseFiles = async each => {
    const contribution = await parser.parse(each);
    if (each === changed) files = contribution.account;
    return contribution;
  };
  try {
    const { model, student: taught } = readEnvironment(modelVariables(process.env), path => readFileSync(path, 'utf8'));
    if (model !== undefined) err(`The judge is ${model.name} at ${new URL(model.baseUrl).host}.\n`);
    const ask = model && localAsk(model);
    const student = taught && { ask: localAsk(taught), model: taught.name };
    const ports = {
      github,
      examples: createExamplesInMemory(),
      parse,
      now: () => new Date(),
      ...(ask && { ask }),
      ...(student && { student }),
    };
    const settings = { host: 'https://github.com', appSlug: '', judgeKey: crypto.randomUUID() };
    const reviewed = await reviewPullRequest(localRef, ports, settings);
    if (reviewed.type === 'not-taking-part')
      throw new Error('The base has no taxonomy: neither compositional_skills/ nor knowledge/ nor .github/assay.yml.');
    if (reviewed.type !== 'published') throw new Error(`The review ended as ${reviewed.type}.`);
    return { files, findings: reviewed.verdict.findings, plan: reviewed.plan };
  } finally {
    await parser.close();
  }
}

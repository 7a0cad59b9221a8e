import { markdownToText } from '../../src/cli/markdown-text.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { GitHub } from '../simulator/github.ts';
import { viewOf } from '../simulator/view.ts';

/** Tells the story: what happens, and what a person would then see on the pull request. */
export type Printer = {
  say(title: string, text: string): void;
  /** All of it, or only labels and comments. */
  show(repository: string, number: number, part?: 'all' | 'conversation'): void;
};

/** A printer for a terminal or a file. */
export function printer(github: GitHub, { out, paint, width }: Terminal): Printer {
  const style = { paint, width: width - 4 };
  const line = (text: string): void => out(`${text}\n`);
  const indented = (text: string, by = 2): string => text.trimEnd().replaceAll(/^(?=.)/gm, ' '.repeat(by));
  const asText = (markdown: string): string =>
    indented(markdownToText(markdown.replaceAll(/<!--.*?-->/g, ''), style), 4);
  let steps = 0;

  return {
    say(title, text) {
      line(`\n${paint(['bold', 'cyan'], `${++steps}. ${title}`)}\n${indented(text, 3)}`);
    },
    show(repository, number, part = 'all') {
      const view = viewOf(github.pullRequest(repository, number));
      line(`\n${paint('bold', `  ${repository}#${number} ${view.title}`)}  by ${view.author}`);
      line(`  Labels: ${view.labels.length === 0 ? 'none' : view.labels.join(', ')}`);
      if (part === 'all') {
        for (const check of view.checks) {
          const buttons = check.buttons.map(label => ` [${label}]`).join('');
          line(`  ${paint('bold', check.name)}: ${check.conclusion ?? check.status}. ${check.title ?? ''}${buttons}`);
          for (const { path, start_line, annotation_level, message } of check.annotations) {
            line(indented(`${path.split('/').at(-1) ?? ''}:${start_line} ${annotation_level}: ${message}`, 4));
          }
        }
      }
      for (const { author, body, reactions } of view.comments) {
        const reacted = reactions.length === 0 ? '' : ` (reactions: ${reactions.join(', ')})`;
        line(`\n  ${paint('bold', author)} commented${reacted}`);
        line(asText(body));
      }
      if (part === 'conversation') return;
      for (const review of view.reviews) {
        line(`\n  ${paint('bold', review.author)} reviewed`);
        if (review.body !== '') line(asText(review.body));
        for (const comment of review.comments) {
          line(
            indented(
              `${comment.path}, line ${comment.line ?? 'outdated'}${comment.minimized ? ' (folded away)' : ''}`,
              4,
            ),
          );
          line(indented(asText(comment.body), 2));
        }
      }
    },
  };
}

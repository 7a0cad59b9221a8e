import type { Rule } from './rule.ts';
import type { Text } from '../contribution.ts';

/** Knowledge is drawn from several places of its document. */
export const repeatedContext: Rule = {
  doc: {
    id: 'content/repeated-context',
    severity: 'question',
    why: 'Two seed examples of knowledge have the same `context`. The examples are to show different parts of the document, and each context already holds three questions and answers.',
    remedy: 'Take another passage of the document as context of the later one, or move its questions to the first.',
    waiver: 'triage',
    upstream: 'The form of the web page refuses it; the checker does not look.',
  },
  check: ({ leaves }) =>
    leaves.flatMap(leaf => {
      if (leaf.kind !== 'knowledge') return [];
      // All questions about one context share its text, so that it is one and the same value.
      const contexts = [...new Set(leaf.examples.flatMap(({ context }) => context ?? []))];
      const first = new Map<string, Text>();
      return contexts.flatMap(context => {
        const key = context.value.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
        const known = first.get(key);
        if (known === undefined) {
          first.set(key, context);
          return [];
        }
        if (known.yamlPath === context.yamlPath) return [];
        return {
          rule: repeatedContext.doc.id,
          severity: repeatedContext.doc.severity,
          message: `This is the context of line ${known.line} again. Take another passage of the document.`,
          location: { path: leaf.path, line: context.line, column: context.column },
          yamlPath: context.yamlPath,
          flagged: key,
        };
      });
    }),
};

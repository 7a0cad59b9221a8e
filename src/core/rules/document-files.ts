import { kindOf } from '../documents/lookup.ts';
import { concernAt, foundDocumentsOf } from './document-parts.ts';
import { inCode } from './in-code.ts';
import type { Rule } from './rule.ts';

/** The pipeline reads two kinds of files, and one of them at a time. */
export const documentFiles: Rule = {
  doc: {
    id: 'document/files',
    severity: 'error',
    why: 'Data is made from Markdown or from PDF, and in one leaf from one of the two. Files of any other kind, and both kinds together, make the pipeline stop.',
    remedy: 'Let `document.patterns` match only files that end in `.md`, or only files that end in `.pdf`.',
    waiver: 'triage',
    upstream:
      '`ilab taxonomy diff` stops at other kinds of files; the pipeline (`sdg`) stops when there are both kinds.',
    mistake: { type: 'excerpt', right: '- guide/*.md', wrong: '- guide/*' },
  },
  check: (contribution, facts) =>
    foundDocumentsOf(contribution, facts).flatMap(({ leaf, document: { patterns }, lookup }) => {
      const at = concernAt.bind(undefined, documentFiles.doc.id, 'error', leaf);
      const others = patterns.flatMap((pattern, index) => {
        const other = lookup.matched[index]?.find(path => kindOf(path) === 'other');
        if (other === undefined) return [];
        return [
          at(
            pattern,
            `This pattern matches ${inCode(other.slice(0, 100))}, and only \`.md\` and \`.pdf\` files are read. Make it match those alone.`,
          ),
        ];
      });
      const all = lookup.matched.flat();
      const [pdf, md] = [all.find(path => kindOf(path) === 'pdf'), all.find(path => kindOf(path) === 'md')];
      const [first] = patterns;
      if (pdf === undefined || md === undefined || first === undefined) return others;
      return [
        ...others,
        at(
          first,
          `The patterns match both ${inCode(md.slice(0, 100))} and ${inCode(pdf.slice(0, 100))}. Use either Markdown or PDF in one leaf.`,
        ),
      ];
    }),
};

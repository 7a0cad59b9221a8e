import type { Rule } from './rule.ts';

/** More of a description is not looked at. */
const MAX_LENGTH = 20_000;

/** Fewer words say nothing. */
const MIN_WORDS = 3;

/** What the contributor says about the contribution. */
export const description: Rule = {
  doc: {
    id: 'contribution/description',
    severity: 'note',
    why: 'The description of the pull request is empty, or the template in it was not filled in. Triagers read there what the model should learn and how it answered before.',
    remedy:
      'Edit the description: what is contributed, a prompt, and how the model answered it without the new examples.',
    waiver: 'triage',
    upstream: 'Nothing automatic; "template filled in?" is the first question on the triagers’ list.',
    mistake: {
      type: 'excerpt',
      right: 'The model answers with free verse. It should rhyme.',
      wrong: '**Describe the contribution to the taxonomy**',
    },
  },
  check: (_, { pullRequest: { body } }) => {
    if (body === undefined || ownWords(body.slice(0, MAX_LENGTH)) >= MIN_WORDS) return [];
    return [
      {
        rule: description.doc.id,
        severity: description.doc.severity,
        message:
          'The description does not say what this contributes. Fill in the template: what the model should learn, and how it answers now.',
        location: { path: '', line: 1, column: 1 },
        yamlPath: '.',
      },
    ];
  },
};

/** Words that are not part of a template: outside of comments, headings, bold lines, checkboxes and sign-offs. */
function ownWords(body: string): number {
  return withoutComments(body)
    .split(/\r\n?|\n/)
    .map(line => line.trim())
    .filter(line => !/^(?:#|\*\*|__|[-*+] \[[ x]\]|>|signed-off-by:)/i.test(line))
    .reduce((sum, line) => sum + line.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '').length, 0);
}

/** One pass: a comment that does not end takes the rest. */
function withoutComments(text: string): string {
  const [before = '', ...comments] = text.split('<!--');
  return (
    before +
    comments
      .map(each => {
        const end = each.indexOf('-->');
        return end < 0 ? '' : each.slice(end + 3);
      })
      .join('')
  );
}

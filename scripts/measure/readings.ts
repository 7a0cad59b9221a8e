import type { Section } from './sections.ts';

/** What people who read a sample against the real files found false, and what became of it. Written by hand, after each reading. */
export const readings: Section = {
  title: 'Findings read by hand',
  render:
    () => `\`npm run rules:measure -- --sample 40 --seed 20261125\` on 25 November 2026: 40 findings over 40 rules, one of each, read against the file and the taxonomy before it. Drawn anew, the same seed gives other findings once rules have changed. 37 were true. The false ones:

- \`layout/leaf-replaced\`, #11: the old file was a list, of which no example could be read, so that "none is left" said nothing; 53 of the 57 findings were of this kind. Now the rule reads what stood there before, says nothing where that cannot be read, and takes a reworded question with its old answer for the same example. Three findings are left, all true.
- \`content/empty-answer\`, #1051: "Absolutely." is a whole answer to a question for yes or no. Such words now count only where neither was asked for.
- \`duplicate/possible\`, #647: two tasks on one table, sorting it and taking rows out, share nearly all words of their answers. Not changed: the limit is fitted to labelled pairs (see duplicates-measured.md), and it is a question for a triager.

Besides, \`content/task-description\` and \`content/placeholder\` told of one and the same text in #522; now only the second does, and it knows \`yourusername\`.`,
};

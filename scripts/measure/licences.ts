import { resolveLicence } from '../../src/core/attribution/licence.ts';
import { valueOf } from '../../src/core/attribution/works.ts';
import { parseFiles } from '../../src/core/parse/contribution.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { roleOf } from '../../src/core/taxonomy.ts';
import type { Reviewed } from './evidence.ts';
import type { Section } from './sections.ts';

const answers = ['ok', 'not-ok', 'unknown'] as const;

/** What the licence lines of the attributions are read as; a line counts once for each pull request that has it. */
export const licences: Section = {
  title: 'Licences in attribution.txt',
  render(reviewed) {
    const read = reviewed.flatMap(licencesIn);
    const rows = answers.map(answer => {
      const lines = read.filter(each => each.answer === answer);
      return `| ${answer} | ${lines.length} | ${new Set(lines.map(({ line }) => line)).size} |`;
    });
    const resolved = read.filter(({ answer }) => answer !== 'unknown').length;
    const share = read.length === 0 ? 0 : (resolved / read.length) * 100;
    return `${read.length} licence lines, of which ${resolved} (${share.toFixed(1)} %) are resolved: accepted, or known not to be. What no person could call an accepted licence must never be \`ok\`: \`test/core/attribution/real-licences.test.ts\` holds every real line against labels given by reading.

| Answer | Lines | Different ones |
| --- | ---: | ---: |
${rows.join('\n')}`;
  },
};

const licencesIn = ({ files }: Reviewed) =>
  parseFiles(files.filter(({ path }) => roleOf(path) === 'attribution')).attributions.flatMap(({ works }) =>
    works.flatMap(({ fields }) =>
      fields.flatMap(field => {
        const line = valueOf(field);
        if (field.name !== 'licence' || line === '') return [];
        return [{ line, answer: resolveLicence(line, defaultPolicy.attribution.acceptedLicences).answer }];
      }),
    ),
  );

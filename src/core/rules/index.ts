import type { Contribution } from '../contribution.ts';
import type { Concern } from '../finding.ts';
import { attributionEmpty } from './attribution-empty.ts';
import { attributionFields } from './attribution-fields.ts';
import { attributionLicence } from './attribution-licence.ts';
import { attributionMissing } from './attribution-missing.ts';
import { attributionRevision } from './attribution-revision.ts';
import { attributionSource } from './attribution-source.ts';
import { answerRepeatsQuestion } from './content-answer-repeats-question.ts';
import { chatTurns } from './content-chat-turns.ts';
import { emptyAnswer } from './content-empty-answer.ts';
import { length } from './content-length.ts';
import { placeholder } from './content-placeholder.ts';
import { repeatedContext } from './content-repeated-context.ts';
import { taskDescription } from './content-task-description.ts';
import { createdBy } from './contribution-created-by.ts';
import { description } from './contribution-description.ts';
import { reorganisation } from './contribution-reorganisation.ts';
import { signOff } from './contribution-sign-off.ts';
import { testRun } from './contribution-test-run.ts';
import { title } from './contribution-title.ts';
import { documentCommit } from './document-commit.ts';
import { documentContexts } from './document-contexts.ts';
import { documentFiles } from './document-files.ts';
import { documentLicence } from './document-licence.ts';
import { documentPatterns } from './document-patterns.ts';
import { documentRepository } from './document-repository.ts';
import { alsoIn } from './duplicate-also-in.ts';
import { inPullRequest } from './duplicate-in-pull-request.ts';
import { inTaxonomy } from './duplicate-in-taxonomy.ts';
import { lowDiversity } from './duplicate-low-diversity.ts';
import { possibleDuplicate } from './duplicate-possible.ts';
import { sameExample } from './duplicate-same-example.ts';
import { sameTemplate } from './duplicate-same-template.ts';
import { sameTopic } from './duplicate-same-topic.ts';
import { coreSkill } from './layout-core-skill.ts';
import { directoryName } from './layout-directory-name.ts';
import { fileName } from './layout-file-name.ts';
import { grounded } from './layout-grounded.ts';
import { leafReplaced } from './layout-leaf-replaced.ts';
import { mixedContext } from './layout-mixed-context.ts';
import { otherFile } from './layout-other-file.ts';
import { outsideTaxonomy } from './layout-outside-taxonomy.ts';
import { wrongTree } from './layout-wrong-tree.ts';
import { policyChanges } from './policy-changes.ts';
import { policyUnusable } from './policy-unusable.ts';
import { readingDocs } from './reading-docs.ts';
import type { Facts, Rule, RuleDoc } from './rule.ts';
import { yamllintDocs } from './yamllint-docs.ts';

/** Every rule that looks at a contribution once it is read, in the order in which contributors should read them. */
export const rules: readonly Rule[] = [
  fileName,
  outsideTaxonomy,
  coreSkill,
  wrongTree,
  grounded,
  mixedContext,
  leafReplaced,
  directoryName,
  otherFile,
  attributionMissing,
  attributionEmpty,
  attributionFields,
  attributionLicence,
  attributionSource,
  attributionRevision,
  documentRepository,
  documentCommit,
  documentPatterns,
  documentFiles,
  documentContexts,
  documentLicence,
  sameExample,
  inTaxonomy,
  inPullRequest,
  sameTopic,
  possibleDuplicate,
  sameTemplate,
  lowDiversity,
  alsoIn,
  placeholder,
  emptyAnswer,
  answerRepeatsQuestion,
  chatTurns,
  repeatedContext,
  taskDescription,
  length,
  signOff,
  createdBy,
  testRun,
  reorganisation,
  title,
  description,
  policyUnusable,
  policyChanges,
];

/** Everything that can be found without a model, in the same order: what reading finds, then the rules above. */
export const ruleDocs: readonly RuleDoc[] = [...readingDocs, ...yamllintDocs, ...rules.map(({ doc }) => doc)];

/** A rule's concerns about one file are told up to here; the rest are counted. Thousands of equal examples must not fill the memory. */
const MAX_PER_FILE = 100;

/** What the rules have to say about a contribution, beside what was noticed while reading it. */
export const checkContribution = (contribution: Contribution, facts: Facts): readonly Concern[] =>
  rules.flatMap(rule => capped(rule.check(contribution, facts)));

function capped(concerns: readonly Concern[]): readonly Concern[] {
  if (concerns.length <= MAX_PER_FILE) return concerns;
  const byPath = Map.groupBy(concerns, ({ location }) => location.path);
  return [...byPath.values()].flatMap(ofFile => {
    const rest = ofFile.length - MAX_PER_FILE;
    const [last] = ofFile.slice(MAX_PER_FILE - 1);
    if (rest <= 0 || last === undefined) return ofFile;
    return [
      ...ofFile.slice(0, MAX_PER_FILE - 1),
      { ...last, message: `${last.message} (And ${rest} more like this in the file.)` },
    ];
  });
}

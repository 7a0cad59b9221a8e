import type { Contribution, Leaf } from '../../src/core/contribution.ts';
import { textOf } from '../../src/core/duplicates/comparable.ts';
import { exampleKey, noNeighbourhood, wholeKey } from '../../src/core/duplicates/example-key.ts';
import type { Neighbour, Neighbourhood } from '../../src/core/duplicates/example-key.ts';
import { claimedPaths, placeKey } from '../../src/core/duplicates/open-leaf.ts';
import type { Concern } from '../../src/core/finding.ts';
import { parseFiles } from '../../src/core/parse/contribution.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { PullRequest } from '../../src/core/pull-request.ts';
import { checkContribution } from '../../src/core/rules/index.ts';
import type { Facts } from '../../src/core/rules/rule.ts';
import { roleOf } from '../../src/core/taxonomy.ts';
import { changedFiles } from '../../src/recorded/changed-files.ts';
import type { RecordedPullRequest, Recording } from '../../src/recorded/recording.ts';
import type { ContributionPair, End } from './labelled.ts';

/** What the later of two pull requests is told about the earlier one. */
export type PairOutcome = {
  readonly pair: ContributionPair;
  /** By a finding about the leaf as a whole, of whatever weight. */
  readonly isNamed: boolean;
  /** A person is asked: about the leaf, or about one of its examples. */
  readonly isQuestioned: boolean;
  readonly isQuestionedAsTopic: boolean;
  /** Examples of the later one that are called duplicates of the earlier one's. */
  readonly duplicates: number;
};

/**
 * Reviews the later pull request with the earlier one as the only other that is open, by the rules as they run in a review. An
 * index is not asked: every example of the earlier one is nominated, so this measures verdicts alone.
 */
export function measureContributionPairs(
  pairs: readonly ContributionPair[],
  recording: Recording,
): readonly PairOutcome[] {
  const byNumber = new Map(recording.pullRequests.map(each => [each.number, each]));
  const read = new Map<number, Read>();
  const readOnce = (number: number): Read => {
    const known = read.get(number);
    if (known !== undefined) return known;
    const recorded = byNumber.get(number);
    if (recorded === undefined) throw new Error(`Pull request ${number} was not recorded.`);
    const fresh = readPullRequest(recorded, recording);
    read.set(number, fresh);
    return fresh;
  };
  return pairs.map(pair => {
    const [earlier, later] = pair.a.pr <= pair.b.pr ? [pair.a, pair.b] : [pair.b, pair.a];
    const about = told(readOnce(earlier.pr), readOnce(later.pr), recording).filter(concern =>
      concerns(concern, earlier, later),
    );
    return {
      pair,
      isNamed: about.some(({ rule }) => rule === 'duplicate/same-topic'),
      isQuestioned: about.some(({ severity }) => severity !== 'note'),
      isQuestionedAsTopic: about.some(({ rule, severity }) => rule === 'duplicate/same-topic' && severity !== 'note'),
      duplicates: about.filter(({ rule }) => rule === 'duplicate/in-pull-request').length,
    };
  });
}

const concerns = ({ rule, location, related = [] }: Concern, earlier: End, later: End): boolean =>
  rule.startsWith('duplicate/') &&
  location.path === later.path &&
  related.some(({ pullRequest, path }) => pullRequest === earlier.pr && path === earlier.path);

type Read = {
  readonly recorded: RecordedPullRequest;
  readonly files: PullRequest['files'];
  readonly contribution: Contribution;
};

function readPullRequest(recorded: RecordedPullRequest, recording: Recording): Read {
  const files = changedFiles(recorded, recording);
  return { recorded, files, contribution: parseFiles(files, { suggestions: 'none' }) };
}

function told(earlier: Read, later: Read, recording: Recording): readonly Concern[] {
  const tree = recording.treeOf(later.recorded.base_commit);
  const own = later.contribution.leaves.flatMap(({ path, examples }) => [placeKey(path), ...examples.map(exampleKey)]);
  const seenAt = (number: number): string => new Date(Date.UTC(2024, 0, 1) + number * 60_000).toISOString();
  const authorOf = authorIds(earlier.recorded, later.recorded);
  const rival = {
    number: earlier.recorded.number,
    authorId: authorOf(earlier.recorded),
    authorLogin: earlier.recorded.author_login_or_hash,
    seenAt: seenAt(earlier.recorded.number),
  };
  const place = { sha: 'head of the earlier', pullRequest: rival };
  const theirs = earlier.contribution.leaves.flatMap(({ path, examples }) =>
    examples.map(example => ({ example, path, line: example.question.line, ...place })),
  );
  const near = theirs.map(({ example, ...where }) => ({ ...textOf(example), ...where, sharedBands: 0, weight: 0 }));
  const neighbourhood: Neighbourhood = {
    ...noNeighbourhood,
    neighbours: [
      ...theirs.map(({ example, ...where }) => ({ key: exampleKey(example), ...where })),
      ...standing(later, tree, recording),
    ],
    seenAt: new Map(
      [...own, ...claimedPaths(later.contribution).map(placeKey)].map(key => [key, seenAt(later.recorded.number)]),
    ),
    near: new Map(
      later.contribution.leaves.flatMap(({ examples }) => examples.map(example => [wholeKey(example), near] as const)),
    ),
    openLeaves: claimedPaths(earlier.contribution).map(path => ({
      path,
      examples: earlier.contribution.leaves.find(leaf => leaf.path === path)?.examples.length ?? 0,
      ...place,
    })),
  };
  const facts: Facts = {
    pullRequest: {
      number: later.recorded.number,
      author: { id: authorOf(later.recorded), login: later.recorded.author_login_or_hash, isBot: false },
      headSha: later.recorded.head_commit,
      files: later.files,
    },
    taxonomy: { sha: 'base', files: tree },
    neighbourhood,
    policy: defaultPolicy,
    documents: new Map(),
  };
  return checkContribution(later.contribution, facts);
}

/** What stood before in the leaves that the pull request changes: nobody's contribution any more. */
function standing({ files }: Read, tree: ReadonlyMap<string, string>, recording: Recording): readonly Neighbour[] {
  return files.flatMap(({ path, previousPath = path }) => {
    const blob = recording.blobOf(tree.get(previousPath) ?? '');
    if (blob === undefined || roleOf(previousPath) !== 'qna') return [];
    const before = parseFiles(
      [{ path: previousPath, status: 'added', blobSha: blob.gitId, content: { type: 'bytes', bytes: blob.bytes } }],
      { suggestions: 'none' },
    );
    return before.leaves.flatMap(({ examples }: Leaf) =>
      examples.map(example => ({
        key: exampleKey(example),
        path: previousPath,
        line: example.question.line,
        sha: 'base',
      })),
    );
  });
}

/** The same person has one id over several addresses. */
const authorIds =
  (a: RecordedPullRequest, b: RecordedPullRequest) =>
  (each: RecordedPullRequest): number =>
    each === b && a.author_id !== b.author_id ? 2 : 1;

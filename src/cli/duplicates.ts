import { startParser } from '../parser/index.ts';
import { pairsOf } from './duplicates/near-pairs.ts';
import { searchFolder } from './duplicates/search-folder.ts';
import { searchPullRequest } from './duplicates/search-pull-request.ts';
import type { PullRequestName } from './duplicates/search-pull-request.ts';
import type { ExitCode } from './exit-code.ts';
import { formatPairs, formatPairsJson } from './formats/duplicates.ts';
import type { Terminal } from './terminal.ts';

type Options = { readonly pr?: PullRequestName; readonly all?: true; readonly json?: true };

/** Prints the neighbours of each example, of a folder or of a pull request. Equal ones in the taxonomy make the exit code 1. */
export async function duplicates(
  folder: string,
  { pr, all, json }: Options,
  variables: Readonly<Record<string, string | undefined>>,
  { out, paint }: Terminal,
): Promise<ExitCode> {
  const parser = startParser({ suggestions: 'none' });
  try {
    const searched = await (pr === undefined
      ? searchFolder(folder, parser.parse)
      : searchPullRequest(pr, variables, parser.parse));
    const pairs = pairsOf(searched.leaves, all === true);
    out(json === true ? formatPairsJson(pairs) : formatPairs(pairs, searched, paint));
    const isInTaxonomy = pairs.some(({ others }) =>
      others.some(({ near, verdict }) => verdict.type === 'duplicate' && near.pullRequest === undefined),
    );
    return isInTaxonomy ? 1 : 0;
  } finally {
    await parser.close();
  }
}

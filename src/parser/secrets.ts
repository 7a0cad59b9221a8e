import { MAX_HITS } from '../core/parse/limits.ts';
import type { Hit } from '../core/screens/screen.ts';

/** Secretlint and its rules take 30 ms and 11 MB to load: only once there is a file to look at. */
const load = async () => {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It keeps a mark of every rule on every file for ever, and searches them all at each new one.
  secretLintProfiler.mark = () => undefined;
  return { lintSource, creator };
};

let secretlint: ReturnType<typeof load> | undefined;

/** Tokens, keys and passwords of known forms. The first `MAX_HITS` of them. Nothing is asked of the network, and comments in the file switch nothing off. */
export async function secretsIn(text: string): Promise<readonly Hit[]> {
  const { lintSource, creator } = await (secretlint ??= load());
  const { messages } = await lintSource({
    source: { filePath: 'qna.yaml', content: text, contentType: 'text', ext: '.yaml' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] },
    },
  });
  return messages.slice(0, MAX_HITS).map(({ range: [start, end], ruleId }) => ({ start, end, what: nameOf(ruleId) }));
}

/** `@secretlint/secretlint-rule-github` → `github`. Its own messages carry the secret, so they are not used. */
const nameOf = (ruleId: string): string => ruleId.replace(/^.*secretlint-rule-/, '');

import { Lexer } from 'yaml';

/** The steps of the library's lexer that ask for indentation where PyYAML asks for none. */
const STEPS = ['parseQuotedScalar', 'parseFlowCollection', 'parsePlainScalar'] as const;

/**
 * A lexer for YAML as PyYAML reads it: inside quotes and flow collections indentation does not matter. (YAML 1.2 and the library
 * ask for it; one in a hundred real files relies on it.) The library has no switch for that, so its steps are wrapped; the version
 * is pinned, and the tests on quoted and flow values fail if the inside of a later one differs.
 */
export function pyyamlLexer(): Lexer {
  const lexer = new Lexer();
  for (const step of STEPS) {
    const original: unknown = Reflect.get(lexer, step);
    if (typeof original !== 'function') throw new TypeError(`This version of yaml has no lexer step ${step}.`);
    const value = function* withoutIndent(): Generator<string, unknown> {
      const steps: Generator<string, unknown> = Reflect.apply(original, lexer, []);
      if (step === 'parsePlainScalar' && Reflect.get(lexer, 'flowLevel') === 0) return yield* steps;
      const indent: unknown = Reflect.get(lexer, 'indentNext');
      Reflect.set(lexer, 'indentNext', 0);
      const next = yield* steps;
      Reflect.set(lexer, 'indentNext', indent);
      return next;
    };
    Reflect.defineProperty(lexer, step, { value });
  }
  return lexer;
}

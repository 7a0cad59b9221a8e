/** 0: clean. 1: findings of severity error. 2: we failed, or the words of the command are off. */
export type ExitCode = 0 | 1 | 2;

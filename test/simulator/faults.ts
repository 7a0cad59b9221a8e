/** Trouble on order: errors, lost connections, answers that never arrive although the work was done. */
import { ApiError } from './rest/request.ts';

export type Fault = {
  /** Any method if absent. */
  method?: string;
  /** A template of GitHub's description (`/repos/{owner}/{repo}/check-runs`), a literal path, or a pattern. Any if absent. */
  path?: string | RegExp;
  /** How often it strikes. Default once. */
  times?: number;
  /** How many fitting requests go through before the first one is struck. Default 0. */
  after?: number;
  /** Wait so many milliseconds first. Alone it only makes GitHub slow. */
  delay?: number;
  /** Answer this instead of working. */
  respond?: { status: number; message?: string; headers?: Record<string, string> };
  /** Cut the connection without an answer. */
  dropConnection?: boolean;
  /** First do what was asked, then fail: the write took effect, and the client cannot know. */
  afterEffect?: boolean;
  /** Called each time it strikes. */
  struck?: () => void;
};

export type Faults = ReturnType<typeof createFaults>;

/** Thrown to make the server cut the connection. */
export const connectionLost = Symbol('connection lost');

export function createFaults() {
  const planned: (Fault & { left: number; skip: number })[] = [];

  const fits = ({ method, path }: Fault, request: { method: string; path: string; operation: string }): boolean =>
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined ||
      (path instanceof RegExp
        ? path.test(request.path)
        : path === request.path || request.operation.endsWith(` ${path}`)));

  return {
    /** Returns how to end it before its time. */
    plan(fault: Fault): () => void {
      const plan = { ...fault, left: fault.times ?? 1, skip: fault.after ?? 0 };
      planned.push(plan);
      return () => {
        plan.left = 0;
      };
    },
    /** The fault that strikes this request, used up by that. */
    strike(request: { method: string; path: string; operation: string }): Fault | undefined {
      const found = planned.find(fault => fault.left > 0 && fits(fault, request));
      if (found === undefined) return undefined;
      if (found.skip > 0) {
        found.skip -= 1;
        return undefined;
      }
      found.left -= 1;
      found.struck?.();
      return found;
    },
    /** Throws what the client shall see, if it shall see trouble. */
    fail({ respond, dropConnection }: Fault): void {
      if (dropConnection === true) throw connectionLost;
      if (respond === undefined) return;
      throw new ApiError(respond.status, respond.message ?? 'Server Error', { headers: respond.headers ?? {} });
    },
  };
}

import type { Job } from '../core/job.ts';
import type { ModelReply } from '../core/judge/model.ts';
import { Postponed } from '../core/trouble.ts';
import type { Metrics } from './metrics.ts';
import { inSpan } from './trace.ts';

/** What goes around the things that Assay does, to count, time and trace them. It changes nothing about them. */
export type Observer = {
  githubCall(kind: 'read' | 'write', run: () => Promise<Response>): Promise<Response>;
  modelCall<Reply extends ModelReply>(model: string, run: () => Promise<Reply>): Promise<Reply>;
  /** A delivery that GitHub signed, until it is stored. */
  delivery<Result>(event: string, run: () => Promise<Result>): Promise<Result>;
  /** One try of a job. `isLast`: the queue will not try again. */
  job(
    job: Job,
    keys: Readonly<Record<string, string | number>>,
    isLast: boolean,
    run: () => Promise<void>,
  ): Promise<void>;
};

export function createObserver(metrics: Metrics, now: () => number): Observer {
  return {
    githubCall: (kind, run) =>
      inSpan(
        `github ${kind}`,
        {},
        async () => {
          try {
            const response = await run();
            const left = Number(response.headers.get('x-ratelimit-remaining') ?? Number.NaN);
            metrics.githubCall(kind, response.status, Number.isFinite(left) ? left : undefined);
            return response;
          } catch (error) {
            metrics.githubCall(kind, 0, undefined);
            throw error;
          }
        },
        'client',
      ),

    modelCall: (model, run) =>
      inSpan(
        'model call',
        { 'gen_ai.request.model': model },
        async () => {
          const reply = await run();
          const { promptTokens, completionTokens } = reply.usage;
          metrics.modelCall(reply.outcome, promptTokens + completionTokens);
          return reply;
        },
        'client',
      ),

    delivery: (event, run) =>
      inSpan(
        `delivery ${event}`,
        {},
        async () => {
          try {
            const result = await run();
            metrics.delivery('stored', event);
            return result;
          } catch (error) {
            metrics.delivery('dropped', event);
            throw error;
          }
        },
        'consumer',
      ),

    job: (job, keys, isLast, run) =>
      inSpan(`job ${job.type}`, keys, async () => {
        const began = now();
        const seconds = (): number => (now() - began) / 1000;
        try {
          await run();
          metrics.job(job.type, 'completed', seconds());
        } catch (error) {
          const outcome = error instanceof Postponed ? 'postponed' : isLast ? 'failed' : 'retried';
          metrics.job(job.type, outcome, seconds());
          throw error;
        }
      }),
  };
}

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What is asked when somebody reads the metrics. */
export type QueueState = {
  readonly waiting: number;
  readonly running: number;
  /** Jobs that were given up and wait for a person. */
  readonly dead: number;
  /** Seconds since the oldest job that could be done now could be done; 0 when none waits. */
  readonly oldestSeconds: number;
};

/** What there is to count, told as it happens. None of it names a repository or a person: their number has no bounds. */
export type Metrics = {
  /** `stored`: safe in the inbox; `dropped`: refused by us although GitHub signed it, so that GitHub has it as failed. */
  delivery(outcome: 'stored' | 'dropped', event: string): void;
  /** A connection that was closed unread because too many were open. */
  connectionRefused(): void;
  job(type: string, outcome: 'completed' | 'failed' | 'retried' | 'postponed', seconds: number): void;
  /** From the oldest delivery that a job answered to its end. */
  answered(seconds: number): void;
  githubCall(kind: 'read' | 'write', status: number, remaining: number | undefined): void;
  modelCall(outcome: string, tokens: number): void;
  review(outcome: string, calls: { readonly reads: number; readonly writes: number }): void;
  /** The page, in Prometheus' text format. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
};

/** Statuses by their class: `2xx`; `none` for calls without an answer. */
const classOf = (status: number): string => (status === 0 ? 'none' : `${Math.floor(status / 100)}xx`);

/** Metrics of one process. `readQueue` is asked at each reading. */
export function createMetrics(readQueue: () => Promise<QueueState>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });

  const deliveries = counter('assay_deliveries_total', 'Signed deliveries by what became of them.', [
    'outcome',
    'event',
  ]);
  const refused = counter('assay_connections_refused_total', 'Connections closed unread: too many were open.', []);
  const jobs = new Histogram({
    name: 'assay_job_seconds',
    help: 'How long tries of jobs took, by type and outcome.',
    labelNames: ['type', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000],
    registers,
  });
  const answers = new Histogram({
    name: 'assay_answer_seconds',
    help: 'From a delivery to the end of the job that answered it.',
    buckets: [0.5, 1, 3, 10, 30, 100, 300, 1000, 3600],
    registers,
  });
  const calls = counter('assay_github_calls_total', 'HTTP requests to GitHub, retries included.', ['kind', 'status']);
  const callsOfReview = new Histogram({
    name: 'assay_review_github_calls',
    help: 'HTTP requests to GitHub that one published review took.',
    labelNames: ['kind'],
    buckets: [0, 5, 10, 15, 20, 30, 50, 100, 300],
    registers,
  });
  const remaining = new Gauge({
    name: 'assay_github_remaining',
    help: 'What the installation that GitHub answered last has left of its hourly limit.',
    registers,
  });
  const modelCalls = counter('assay_model_calls_total', 'Calls of the judge and the student by outcome.', ['outcome']);
  const tokens = counter('assay_model_tokens_total', 'Tokens that those calls used.', []);
  const verdicts = counter('assay_reviews_total', 'Published reviews by outcome.', ['outcome']);
  const gauges = {
    waiting: new Gauge({ name: 'assay_jobs_waiting', help: 'Jobs that wait, for their time too.', registers }),
    running: new Gauge({ name: 'assay_jobs_running', help: 'Jobs under way, in all processes.', registers }),
    dead: new Gauge({ name: 'assay_jobs_dead', help: 'Jobs that were given up: see `assay jobs`.', registers }),
    oldestSeconds: new Gauge({
      name: 'assay_job_oldest_seconds',
      help: 'Age of the oldest job that could be done now.',
      registers,
    }),
  };

  return {
    delivery: (outcome, event) => deliveries.inc({ outcome, event }),
    connectionRefused: () => refused.inc(),
    job: (type, outcome, seconds) => jobs.observe({ type, outcome }, seconds),
    answered: seconds => answers.observe(seconds),
    githubCall(kind, status, left) {
      calls.inc({ kind, status: classOf(status) });
      if (left !== undefined) remaining.set(left);
    },
    modelCall(outcome, used) {
      modelCalls.inc({ outcome });
      tokens.inc(used);
    },
    review(outcome, { reads, writes }) {
      verdicts.inc({ outcome });
      callsOfReview.observe({ kind: 'read' }, reads);
      callsOfReview.observe({ kind: 'write' }, writes);
    },
    async page() {
      const state = await readQueue();
      for (const name of ['waiting', 'running', 'dead', 'oldestSeconds'] as const) gauges[name].set(state[name]);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

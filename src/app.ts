import type { Probot } from 'probot';
import { hashText } from './core/finding.ts';
import { isEventName, jobsFor } from './core/job-of-event.ts';
import type { OurApp } from './core/job-of-event.ts';
import type { Job } from './core/job.ts';

/** A delivery as it goes into the inbox. */
export type ReceivedDelivery = {
  readonly guid: string;
  readonly event: string;
  /** Of the payload: equal bytes give equal hashes. */
  readonly bodyHash: string;
  readonly receivedAt: Date;
  readonly jobs: readonly Job[];
};

export type AppSettings = {
  /** Stores the delivery; when it resolves, the work is safe. */
  readonly receive: (delivery: ReceivedDelivery) => Promise<unknown>;
  readonly app: OurApp;
  readonly now: () => Date;
};

/** The Probot app: a delivery goes into the inbox with the jobs that it asks for. It decides nothing and does no work. */
export function assayApp({ receive, app: us, now }: AppSettings): (app: Probot) => void {
  return app =>
    app.onAny(async ({ id, name, payload }) => {
      if (!isEventName(name)) return;
      const jobs = jobsFor(name, payload, us);
      if (jobs.length === 0) return;
      await receive({ guid: id, event: name, bodyHash: hashText(JSON.stringify(payload)), receivedAt: now(), jobs });
    });
}

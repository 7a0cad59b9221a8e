import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span, Tracer } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../src/observe/metrics.ts';
import { createObserver } from '../../src/observe/observer.ts';

const idle = { waiting: 3, running: 1, dead: 2, oldestSeconds: 4.5 };
const observed = () => {
  let now = 0;
  const metrics = createMetrics(async () => idle);
  return { metrics, observer: createObserver(metrics, () => (now += 500)) };
};

/** The value of a line of the page. */
const valueOf = (page: string, line: string): string | undefined =>
  page
    .split('\n')
    .find(each => each.startsWith(`${line} `))
    ?.slice(line.length + 1);

describe('the page of metrics', () => {
  test('counts what happened, and asks the queue when it is read', async () => {
    const { metrics, observer } = observed();
    await observer.delivery('push', async () => undefined);
    await observer.delivery('push', () => Promise.reject(new Error('no database'))).catch(() => undefined);
    await observer.githubCall('read', async () => new Response('', { headers: { 'x-ratelimit-remaining': '4711' } }));
    await observer.githubCall('write', async () => new Response('', { status: 502 }));
    await observer.githubCall('read', () => Promise.reject(new Error('cut'))).catch(() => undefined);
    const usage = { promptTokens: 100, completionTokens: 20 };
    await observer.modelCall('m', async () => ({ outcome: 'timeout', reason: 'late', usage }));
    await observer.job({ type: 'sweep' }, {}, false, async () => undefined);
    await observer.job({ type: 'sweep' }, {}, true, () => Promise.reject(new Error('x'))).catch(() => undefined);
    metrics.review('pass', { reads: 14, writes: 7 });
    metrics.answered(7);
    metrics.connectionRefused();

    const { text, contentType } = await metrics.page();
    expect(contentType).toMatch(/^text\/plain/);
    const values = {
      'assay_deliveries_total{outcome="stored",event="push"}': '1',
      'assay_deliveries_total{outcome="dropped",event="push"}': '1',
      'assay_github_calls_total{kind="read",status="2xx"}': '1',
      'assay_github_calls_total{kind="write",status="5xx"}': '1',
      'assay_github_calls_total{kind="read",status="none"}': '1',
      assay_github_remaining: '4711',
      'assay_model_calls_total{outcome="timeout"}': '1',
      assay_model_tokens_total: '120',
      'assay_job_seconds_sum{type="sweep",outcome="completed"}': '0.5',
      'assay_job_seconds_count{type="sweep",outcome="failed"}': '1',
      'assay_reviews_total{outcome="pass"}': '1',
      'assay_review_github_calls_sum{kind="read"}': '14',
      'assay_review_github_calls_sum{kind="write"}': '7',
      assay_answer_seconds_sum: '7',
      assay_connections_refused_total: '1',
      assay_jobs_waiting: '3',
      assay_jobs_running: '1',
      assay_jobs_dead: '2',
      assay_job_oldest_seconds: '4.5',
    };
    expect(Object.fromEntries(Object.keys(values).map(line => [line, valueOf(text, line)]))).toEqual(values);
  });

  test('has every metric that an alert speaks of, and each alert says what to do', async () => {
    const alerts = readFileSync(join(import.meta.dirname, '../../docs/alerts.md'), 'utf8');
    const { text } = await observed().metrics.page();
    const known = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name));
    const named = new Set([...alerts.matchAll(/\bassay_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')));
    expect([...named].filter(name => !known.has(name))).toEqual([]);
    for (const alert of alerts.split(/^## /m).slice(1)) expect(alert).toMatch(/^\w+\n\n`[^`]+`\n\n\S/);
  });
});

test('spans go to the SDK that somebody loads, nested and with the kind of an error alone', async () => {
  const spans: string[] = [];
  const span = (name: string): Partial<Span> => ({
    setStatus: ({ code, message }) => {
      spans.push(`${name} ${code === SpanStatusCode.ERROR ? 'error' : 'ok'} ${message}`);
      return span(name) as Span;
    },
    end: () => void spans.push(`${name} ends`),
  });
  const tracer: Partial<Tracer> = {
    startActiveSpan: (name: string, _options: unknown, run: (span: Span) => unknown) => run(span(name) as Span),
  } as Partial<Tracer>;
  trace.setGlobalTracerProvider({ getTracer: () => tracer as Tracer });
  try {
    const { observer } = observed();
    await observer
      .job({ type: 'redeliver' }, { lane: 'redeliver' }, false, async () => {
        await observer.githubCall('read', async () => new Response(''));
        throw new TypeError('with a word of a contributor');
      })
      .catch(() => undefined);
  } finally {
    trace.disable();
  }
  expect(spans).toEqual(['github read ends', 'job redeliver error TypeError', 'job redeliver ends']);
});

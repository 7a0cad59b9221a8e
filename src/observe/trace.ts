import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';

/**
 * Runs something as a span of OpenTelemetry. Costs next to nothing and goes nowhere unless whoever runs Assay loads an SDK:
 * docs/operations.md says how. Of an error only its kind is told.
 */
export async function inSpan<Result>(
  name: string,
  attributes: Attributes,
  run: () => Promise<Result>,
  kind: 'internal' | 'client' | 'consumer' = 'internal',
): Promise<Result> {
  const tracer = trace.getTracer('assay');
  return tracer.startActiveSpan(name, { kind: kinds[kind], attributes }, async span => {
    try {
      return await run();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

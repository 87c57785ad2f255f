import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Prepared } from '../execution/prepared.ts';
import { startSpan } from '../trace-span.ts';

/** The span of one operation of one client; null where nobody records traces. Carries nothing that a client wrote but the name. */
export const operationSpan = (
  tracer: Tracer | null,
  { kind, operation }: Pick<Prepared, 'kind' | 'operation'>,
  traceparent: string | undefined,
): Span | null => {
  if (tracer === null) return null;
  const name = operation.name?.value;
  const attributes: Record<string, string> = { 'graphql.operation.type': kind };
  if (name) attributes['graphql.operation.name'] = name;
  return startSpan(
    tracer,
    { name: name ? `${kind} ${name}` : kind, kind: SpanKind.SERVER, attributes },
    traceparent,
  );
};

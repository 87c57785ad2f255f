import {
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';

const wellFormed = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const remoteParent = (traceparent: string | undefined): SpanContext | null => {
  const [, traceId, spanId, flags] = wellFormed.exec(traceparent ?? '') ?? [];
  if (!(traceId && spanId && flags)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
};

/** A span that continues the trace of a W3C traceparent, or begins one. It is given to the span's maker, not to globals. */
export const startSpan = (
  tracer: Tracer,
  what: {
    readonly name: string;
    readonly kind: SpanKind;
    readonly attributes: Record<string, string>;
  },
  traceparent: string | undefined,
): Span => {
  const parent = remoteParent(traceparent);
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  return tracer.startSpan(what.name, { kind: what.kind, attributes: what.attributes }, context);
};

/** The traceparent that makes the next one's span a child of this; undefined when nobody records traces. */
export const traceparentOf = (span: Span): string | undefined => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!isSpanContextValid(span.spanContext())) return undefined;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
};

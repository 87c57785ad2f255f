import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const tracer = () => trace.getTracer('syncline');

/** The W3C trace context of what is going on now, to be carried along in data; null where nothing is traced. */
export const currentTraceparent = (): string | null => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
};

interface Traced {
  readonly name: string;
  /** Never patient data, never credentials. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Continues this trace; without it, the one that is going on. */
  readonly traceparent?: string | null;
}

/** Runs the work in a span of its own; a throw marks it as failed. */
export const traced = <T>(
  { name, attributes = {}, traceparent }: Traced,
  work: (span: Span) => Promise<T>,
): Promise<T> => {
  const parent = traceparent
    ? propagation.extract(ROOT_CONTEXT, { traceparent })
    : context.active();
  return tracer().startActiveSpan(name, { attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (error instanceof Error)
        span.recordException({ name: error.name, message: error.message });
      throw error;
    } finally {
      span.end();
    }
  });
};

/**
 * Sends spans to the collector at the address; without an address nothing is traced and nothing is loaded. Answers how to
 * stop, which sends what is left.
 */
export const startTracing = async (
  endpoint: string | undefined,
): Promise<{ stop(): Promise<void> }> => {
  if (endpoint === undefined) return { stop: async () => undefined };
  const [{ OTLPTraceExporter }, sdk, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'syncline' }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  return { stop: () => provider.shutdown() };
};

import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';

const tracer = (): Tracer => trace.getTracer('syncline');

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

/** Runs the work as part of a trace that somebody else's span records; without one, of the trace that is going on. */
export const inTraceOf = <T>(traceparent: string | undefined, work: () => T): T =>
  traceparent === undefined
    ? work()
    : context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), work);

/** Traces of this process on their way to a collector. */
export interface Tracing {
  /** Null when nothing is traced. */
  readonly tracer: Tracer | null;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

/** Sends spans to the collector at the address, under the name of the service; without an address nothing is traced or loaded. */
export const startTracing = async (
  endpoint: string | undefined,
  service = 'syncline',
): Promise<Tracing> => {
  if (endpoint === undefined) return { tracer: null, stop: async () => undefined };
  const [{ OTLPTraceExporter }, sdk, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  return { tracer: tracer(), stop: () => provider.shutdown() };
};

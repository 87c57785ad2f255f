import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { freePort } from '../../platform/free-port.ts';

/** A span as OTLP words it in JSON. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[];
  }[];
}

/** An OpenTelemetry collector that keeps what it gets. */
export interface TraceCollector {
  readonly endpoint: string;
  readonly spans: readonly CollectedSpan[];
  /** The names of the services that sent spans. */
  readonly services: ReadonlySet<string>;
  readonly close: () => void;
}

/** Listens for OTLP over HTTP. */
export const startTraceCollector = async (): Promise<TraceCollector> => {
  const spans: CollectedSpan[] = [];
  const services = new Set<string>();
  const take = ({ resourceSpans }: Export): void => {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name');
      services.add(service?.value.stringValue ?? '');
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
  };
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') take((await json(request)) as Export);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${port}`,
    spans,
    services,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

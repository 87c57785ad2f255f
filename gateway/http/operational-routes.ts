import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayMetrics } from '../metrics.ts';
import type { Route } from './route.ts';

const sendText = (
  response: ServerResponse,
  status: number,
  [type, text]: readonly [type: string, text: string],
): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
};

const json = 'application/json; charset=utf-8';

const at = (path: string, handle: Route['handle']): Route => ({
  matches: (request: IncomingMessage, asked) => request.method === 'GET' && asked === path,
  handle,
});

/**
 * What operators and orchestrators ask: /health (the process lives), /ready (send traffic here; not while draining) and
 * /metrics (Prometheus text).
 */
export const operationalRoutes = (
  metrics: GatewayMetrics,
  isDraining: () => boolean,
): readonly Route[] => [
  at('/health', (_request, response) => sendText(response, 200, [json, '{"status":"ok"}'])),
  at('/ready', (_request, response) =>
    isDraining()
      ? sendText(response, 503, [json, '{"status":"draining"}'])
      : sendText(response, 200, [json, '{"status":"ready"}']),
  ),
  at('/metrics', async (_request, response) => {
    const text = await metrics.registry.metrics();
    sendText(response, 200, [metrics.registry.contentType, text]);
  }),
];

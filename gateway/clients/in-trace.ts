import { inTraceOf } from '../../platform/tracing.ts';
import type { LocalClient } from './local-client.ts';

/** The client, whose resolvers work within the trace of the operation: what they start goes on with it. */
export const inTrace = (client: LocalClient): LocalClient => ({
  name: client.name,
  send: (fetch, request) =>
    inTraceOf(request.forward['traceparent'], () => client.send(fetch, request)),
  executeEvent: (fetch, root, request) =>
    inTraceOf(request.forward['traceparent'], () => client.executeEvent(fetch, root, request)),
  close: () => client.close(),
});

import type { LocalClient } from '../clients/local-client.ts';
import type { SubgraphClient } from '../subgraph-client.ts';

/**
 * The event log as queries see it. Root fields of one query are asked for in one turn of the loop, and no database can have
 * answered within that turn: so the place that is told here is never ahead of what the rest of the query reads.
 */
export const logClient = (events: LocalClient, headCursor: () => string): SubgraphClient => ({
  name: events.name,
  send: (fetch, request) => events.executeEvent(fetch, { statusCursor: headCursor() }, request),
  close: () => events.close(),
});

import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** One status change as it came, with how long after its recording that was. */
export interface Pushed {
  readonly type: string;
  readonly occurredAt: string;
  readonly at: number;
  /** From the event's own time, the start of its transaction, to this client; an upper bound for the time since the commit. */
  readonly afterMs: number;
}

/** Follows every status change of a hub as one of the people who may see them all. */
export const followStatus = async (url: string) => {
  const people = (await (await fetch(`${url}/demo/personas`)).json()) as {
    key: string;
    token: string;
  }[];
  const token = people.find(({ key }) => key === 'ira')?.token;
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const pushed: Pushed[] = [];
  client.subscribe<{ documentStatusChanged: { type: string; occurredAt: string } }>(
    { query: 'subscription { documentStatusChanged { type occurredAt } }' },
    {
      next: ({ data }) => {
        if (data === null || data === undefined) return;
        const at = Date.now();
        const change = data.documentStatusChanged;
        pushed.push({ ...change, at, afterMs: at - Date.parse(change.occurredAt) });
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  const issued = (): number => pushed.filter(({ type }) => type === 'PurchaseOrderIssued').length;
  return { pushed, issued, close: () => client.dispose() };
};

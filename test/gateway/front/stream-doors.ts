import type { HttpClientOptions } from '../../../gateway/clients/http-client.ts';
import type { Admission } from '../../../gateway/http/admission.ts';
import type { OperationRunner } from '../../../gateway/http/operation-runner.ts';
import { defaultLimits } from '../../../gateway/limits/limits.ts';
import { FanOut } from '../../../gateway/subscriptions/fan-out.ts';
import { logSource } from '../../../gateway/subscriptions/log-source.ts';
import type { Session } from '../../../gateway/subscriptions/session.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import { openSubscriptionTransports } from '../../../gateway/subscriptions/transports.ts';
import { ringLog } from '../subscriptions/ring-log.ts';
import { type FrontBed, startBed } from './front-bed.ts';

/** The shop's one subscription: every event is a product with another name. */
const renamed: SubscriptionField = {
  name: 'renamed',
  shows: () => true,
  keys: () => ({}),
  filter: () => ({ equals: {}, after: null }),
  mayRead: () => true,
  documentKey: ({ subjectId }) => subjectId,
  toRoot: ({ subjectId }) => ({ renamed: { __typename: 'Product', id: subjectId } }),
};

export interface StreamBed extends FrontBed {
  readonly log: ReturnType<typeof ringLog>;
}

const anybody = async (): Promise<Session> => ({ identity: null, expiresAt: null });

/** A front whose WebSocket, event streams and multipart are open as well. */
export const startStreamBed = async (
  options: Parameters<typeof startBed>[0] & {
    readonly session?: (authorization: string | undefined) => Promise<Session>;
  } = {},
  client: Partial<HttpClientOptions> = {},
): Promise<StreamBed> => {
  const log = ringLog();
  const fanOut = await FanOut.open(log, 'secret');
  const engine = () => bed.supergraph.current();
  const open = (admission: Admission, operations: OperationRunner) =>
    openSubscriptionTransports({
      hub: {
        engine,
        admit: (request, identity) => admission.admit(request, identity),
        sources: [
          logSource({
            fanOut,
            engine,
            fields: new Map([[renamed.name, renamed]]),
            executeEvent: async (_subscription, _variables, root) => ({ data: root }),
            answerWithinMs: 2_000,
          }),
        ],
      },
      operations,
      authenticate: options.session ?? anybody,
      maxMessageBytes: defaultLimits.bodyBytes,
    });
  const bed: FrontBed = await startBed({ ...options, subscriptions: open }, client);
  return { ...bed, log };
};

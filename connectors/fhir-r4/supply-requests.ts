import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type {
  DeliveryReport,
  SupplyRequestReport,
  SupplyRequests,
} from '../../subgraphs/clinical/ports.ts';
import { changesOf } from './changes.ts';
import type { FhirClient } from './client.ts';
import { readSupplyRequest } from './read-supply-request.ts';
import { isOwnEcho, reportedIn, withReport } from './reported.ts';

interface Options {
  readonly system: string;
  readonly client: FhirClient;
  readonly pageSize: number;
  readonly overlapMs: number;
}

const mostTries = 5;
const deliverySystem = 'urn:syncline:delivery';

/** Read, change, write under If-Match; again when somebody was faster. An older report than the one that stands is dropped. */
const report = async (options: Options, news: SupplyRequestReport, call: Call): Promise<void> => {
  const failure = { system: options.system, operation: 'report' };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const resource = await options.client.read(`SupplyRequest/${news.localId}`, call.signal);
    if (resource === null)
      throw new SystemRefused(`${options.system} has no SupplyRequest/${news.localId} any more.`, {
        ...failure,
        kind: 'permanent',
      });
    if ((reportedIn(resource)?.sequence ?? -1) >= news.sequence) return;
    // The next round reads again: whether the server kept what it accepted is seen there.
    await options.client.update(withReport(resource, news), call.signal);
  }
  throw new SystemUnavailable(
    `${options.system} did not keep the report on SupplyRequest/${news.localId} in ${mostTries} tries.`,
    { ...failure, kind: 'transient' },
  );
};

const deliveryResource = (delivery: DeliveryReport) => ({
  resourceType: 'SupplyDelivery',
  identifier: [{ system: deliverySystem, value: delivery.reference }],
  basedOn: [{ reference: `SupplyRequest/${delivery.supplyRequestLocalId}` }],
  status: delivery.status,
  suppliedItem: {
    quantity: { value: Number(delivery.quantity.value), unit: delivery.quantity.unit },
  },
  occurrenceDateTime: delivery.occurredAt,
});

/** The supply requests of a FHIR R4 server. */
export const createSupplyRequests = (options: Options): SupplyRequests => ({
  read: readSupplyRequest,
  changedSince: async (cursor, call) => {
    const feed = { ...options, resourceType: 'SupplyRequest' };
    const { records, cursor: next } = await changesOf(feed, cursor, call.signal);
    const wards = records.filter((each) => !isOwnEcho(each));
    return { records: wards.map((each) => readSupplyRequest(JSON.stringify(each))), cursor: next };
  },
  report: (news, call) => report(options, news, call),
  reportDelivery: (delivery, call) =>
    options.client.createOnce(
      {
        resource: deliveryResource(delivery),
        identifier: `${deliverySystem}|${delivery.reference}`,
      },
      call.signal,
    ),
});

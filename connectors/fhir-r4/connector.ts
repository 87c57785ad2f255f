import { createUpstream } from '../../platform/upstream.ts';
import type { EquipmentRegister, SupplyRequests } from '../../subgraphs/clinical/ports.ts';
import { FhirClient } from './client.ts';
import { createEquipment } from './equipment.ts';
import { createSupplyRequests } from './supply-requests.ts';

export interface FhirR4Options {
  readonly name: string;
  /** The server's FHIR base, such as https://ehr.example/fhir/R4. */
  readonly baseUrl: string;
  readonly bearerToken?: string;
  readonly timeoutMs?: number;
  readonly requestsPerSecond?: number;
  readonly pageSize?: number;
  /** How far each poll looks back, in milliseconds; 5 seconds unless told. */
  readonly overlapMs?: number;
}

interface FhirR4 {
  readonly name: string;
  readonly supplyRequests: SupplyRequests;
  readonly equipment: EquipmentRegister;
  readonly close: () => Promise<void>;
}

/** A clinical application that speaks FHIR R4 over HTTP; R5 requests are read too. */
export const fhirR4 = (options: FhirR4Options): FhirR4 => {
  const { name: system, baseUrl, bearerToken, timeoutMs, requestsPerSecond } = options;
  const upstream = createUpstream({
    system,
    baseUrl: new URL(baseUrl).origin,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
  });
  const client = new FhirClient({
    system,
    baseUrl,
    upstream,
    ...(bearerToken === undefined ? {} : { bearerToken }),
  });
  const feed = {
    client,
    pageSize: options.pageSize ?? 250,
    overlapMs: options.overlapMs ?? 5000,
  };
  return {
    name: system,
    supplyRequests: createSupplyRequests({ system, ...feed }),
    equipment: createEquipment(feed),
    close: () => upstream.close(),
  };
};

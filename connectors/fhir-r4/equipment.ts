import type { EquipmentRegister, LocalEquipment } from '../../subgraphs/clinical/ports.ts';
import { changesOf } from './changes.ts';
import type { FhirClient } from './client.ts';
import { instantOf } from './dates.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { patientWords } from './patient-words.ts';
import { placeOf } from './references.ts';
import { screenText } from './screen-text.ts';

interface Options {
  readonly client: FhirClient;
  readonly pageSize: number;
  readonly overlapMs: number;
}

const identifierOf = (device: JsonObject): string | undefined =>
  asText(asObjects(device['identifier'])[0]?.['value']);

/** A Device of R4; `patient`, notes and narrative are never read, the texts are screened. */
const toEquipment = (device: JsonObject): LocalEquipment => {
  const known = patientWords(device);
  const clean = (value: unknown): string | null => {
    const text = asText(value);
    return text === undefined ? null : screenText(text, known);
  };
  const id = String(device['id']);
  const type = asObject(device['type']);
  return {
    localId: id,
    name:
      clean(asObjects(device['deviceName'])[0]?.['name']) ??
      clean(type?.['text']) ??
      clean(asObjects(type?.['coding'])[0]?.['display']) ??
      clean(identifierOf(device)) ??
      id,
    manufacturer: clean(device['manufacturer']),
    model: clean(device['modelNumber']),
    serialNumber: clean(device['serialNumber']),
    deviceIdentifier: clean(asObjects(device['udiCarrier'])[0]?.['deviceIdentifier']),
    location: placeOf(device['location'], known),
    changedAt: instantOf(asObject(device['meta'])?.['lastUpdated']) ?? new Date(0).toISOString(),
  };
};

/** The devices of a FHIR R4 server. */
export const createEquipment = (options: Options): EquipmentRegister => ({
  changedSince: async (cursor, call) => {
    const feed = { ...options, resourceType: 'Device' };
    const changes = await changesOf(feed, cursor, call.signal);
    return { records: changes.records.map(toEquipment), cursor: changes.cursor };
  },
});

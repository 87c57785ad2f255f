import { XMLParser } from 'fast-xml-parser';
import { requiredFields } from './required-fields.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  removeNSPrefix: true,
  isArray: (name, _path, _isLeaf, isAttribute) =>
    !isAttribute && ['EntityType', 'EntitySet', 'Property', 'Schema'].includes(name),
});

interface Named {
  readonly Name: string;
}
interface Schema {
  readonly EntityType?: readonly (Named & { readonly Property?: readonly Named[] })[];
  readonly EntityContainer?: {
    readonly EntitySet?: readonly (Named & { readonly EntityType: string })[];
  };
}

const schemasOf = (metadata: string): readonly Schema[] => {
  const document = parser.parse(metadata) as {
    Edmx?: { DataServices?: { Schema?: readonly Schema[] } };
  };
  return document.Edmx?.DataServices?.Schema ?? [];
};

/** The properties of every entity set of a $metadata document; sets keep the type's own properties only. */
const propertiesOf = (metadata: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const schemas = schemasOf(metadata);
  const types = new Map(
    schemas.flatMap((schema) =>
      (schema.EntityType ?? []).map(
        (type) => [type.Name, new Set((type.Property ?? []).map(({ Name }) => Name))] as const,
      ),
    ),
  );
  return new Map(
    schemas.flatMap((schema) =>
      (schema.EntityContainer?.EntitySet ?? []).map(
        (set) =>
          [
            set.Name,
            types.get(set.EntityType.split('.').at(-1) ?? '') ?? new Set<string>(),
          ] as const,
      ),
    ),
  );
};

/** What this release lacks of what the connector needs, as A_PurchaseOrder.CorrespncExternalReference; empty when nothing. */
export const missingFields = (service: string, metadata: string): readonly string[] => {
  const offered = propertiesOf(metadata);
  return Object.entries(requiredFields[service] ?? {}).flatMap(([set, fields]) =>
    fields
      .split(' ')
      .filter((field) => offered.get(set)?.has(field) !== true)
      .map((field) => `${set}.${field}`),
  );
};

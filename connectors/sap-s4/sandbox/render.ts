import { catalog, type EntitySet, type FieldType } from './catalog.ts';
import { ODataError } from './odata-error.ts';
import { equals, type Row, type Store } from './store.ts';

/** What a request wants of each record. */
export interface Shape {
  /** Navigation paths, for example to_PurchaseOrderItem/to_AccountAssignment. */
  readonly expand: readonly string[];
  /** Property paths; empty for all. */
  readonly select: readonly string[];
  /** Where the system believes itself to be; a proxy in front of it makes this the wrong host for the caller. */
  readonly root: string;
}

const wireValue = (type: FieldType, value: unknown): unknown => {
  if (value === undefined || value === null)
    return type.edm === 'String' ? '' : type.edm === 'Boolean' ? false : null;
  if (type.edm === 'DateTime') return `/Date(${Date.parse(String(value))})/`;
  if (type.edm === 'DateTimeOffset') return `/Date(${Date.parse(String(value))}+0000)/`;
  return value;
};

/** The key predicate of one record, as in A_PurchaseOrder('4500000001'). */
export const keyPredicate = (set: EntitySet, row: Row): string => {
  const literal = (name: string): string => {
    const text = String(row[name] ?? '');
    if (set.fields.get(name)?.edm === 'DateTime')
      return `datetime'${encodeURIComponent(text.slice(0, 19))}'`;
    return `'${encodeURIComponent(text)}'`;
  };
  if (set.keys.length === 1) return literal(set.keys[0] ?? '');
  return set.keys.map((name) => `${name}=${literal(name)}`).join(',');
};

/** The weak tag of one record; null where the service keeps none. */
export const entityTag = (set: EntitySet, row: Row): string | null =>
  set.name === 'A_PurchaseOrder' && row['LastChangeDateTime'] !== null
    ? `W/"datetimeoffset'${encodeURIComponent(String(row['LastChangeDateTime']))}'"`
    : null;

const below = (paths: readonly string[], name: string): string[] =>
  paths.filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1));

const uriOf = (set: EntitySet, row: Row, root: string): string =>
  `${root}/sap/opu/odata/sap/${set.service}/${set.name}(${keyPredicate(set, row)})`;

/** One record in verbose JSON, with what it expands to. */
export const render = (
  store: Store,
  set: EntitySet,
  row: Row,
  shape: Shape,
): Record<string, unknown> => {
  const uri = uriOf(set, row, shape.root);
  const etag = entityTag(set, row);
  const wants = (name: string): boolean => shape.select.length === 0 || shape.select.includes(name);
  const body: Record<string, unknown> = {
    __metadata: {
      id: uri,
      uri,
      type: `${set.service}.${set.name}Type`,
      ...(etag === null ? {} : { etag }),
    },
  };
  for (const [name, type] of set.fields) if (wants(name)) body[name] = wireValue(type, row[name]);
  for (const name of Object.keys(set.navigations)) {
    const expanded = shape.expand.some((path) => path === name || path.startsWith(`${name}/`));
    if (expanded) body[name] = expansion(store, { set, row, name }, shape);
    else if (wants(name)) body[name] = { __deferred: { uri: `${uri}/${name}` } };
  }
  return body;
};

const expansion = (
  store: Store,
  from: { set: EntitySet; row: Row; name: string },
  shape: Shape,
): unknown => {
  const navigation = from.set.navigations[from.name];
  if (navigation === undefined) return null;
  const inner = {
    ...shape,
    expand: below(shape.expand, from.name),
    select: below(shape.select, from.name),
  };
  const records = related(store, from.row, navigation.on, navigation.target).map((child) =>
    render(store, setNamed(navigation.target), child, inner),
  );
  return navigation.many ? { results: records } : (records[0] ?? null);
};

/** The entity set of that name; 404 as the gateway says it. */
export const setNamed = (name: string): EntitySet => {
  const set = catalog.get(name);
  if (set === undefined)
    throw new ODataError(404, '/IWBEP/CM_MGW_RT/020', `Resource not found for segment '${name}'`);
  return set;
};

const related = (
  store: Store,
  row: Row,
  on: readonly (readonly [string, string])[],
  target: string,
): Row[] =>
  store.find(
    target,
    equals(Object.fromEntries(on.map(([ours, theirs]) => [theirs, String(row[ours])]))),
  );

const attributes = (type: FieldType): string => {
  if (type.maxLength !== null) return ` MaxLength="${type.maxLength}"`;
  return type.scale === null ? '' : ` Precision="31" Scale="${type.scale}"`;
};

/** The $metadata document of one service; `hidden` leaves properties out, as another release would. */
export const metadataOf = (service: string, hidden: readonly string[]): string => {
  const sets = [...catalog.values()].filter((set) => set.service === service);
  const types = sets.map((set) => {
    const keys = set.keys.map((name) => `<PropertyRef Name="${name}"/>`).join('');
    const properties = [...set.fields]
      .filter(([name]) => !hidden.includes(`${set.name}.${name}`))
      .map(([name, type]) => `<Property Name="${name}" Type="Edm.${type.edm}"${attributes(type)}/>`)
      .join('');
    const navigations = Object.keys(set.navigations)
      .map(
        (name) =>
          `<NavigationProperty Name="${name}" Relationship="${service}.assoc_${set.name}_${name}" FromRole="From" ToRole="To"/>`,
      )
      .join('');
    return `<EntityType Name="${set.name}Type"><Key>${keys}</Key>${properties}${navigations}</EntityType>`;
  });
  const container = sets
    .map((set) => `<EntitySet Name="${set.name}" EntityType="${service}.${set.name}Type"/>`)
    .join('');
  return `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><edmx:DataServices m:DataServiceVersion="2.0"><Schema Namespace="${service}" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">${types.join('')}<EntityContainer Name="${service}_Entities" m:IsDefaultEntityContainer="true">${container}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
};

import { catalog, type EntitySet } from './catalog.ts';
import { createPurchaseOrder, storedFields } from './create-purchase-order.ts';
import { parseFilter } from './filter.ts';
import { ODataError } from './odata-error.ts';
import { entityTag, keyPredicate, metadataOf, render, type Shape, setNamed } from './render.ts';
import { column, type Row, type Store } from './store.ts';

/** A request as the services see it, session and faults already dealt with. */
export interface ServiceRequest {
  readonly method: string;
  /** Decoded path below /sap/opu/odata/sap. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What goes back. */
export interface ServiceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How this installation differs from another. */
export interface Installation {
  /** Scheme and host that the system writes into links. */
  readonly root: string;
  /** Records in one answer; further ones are behind __next. */
  readonly pageSize: number;
  /** Properties that this release lacks, as A_PurchaseOrder.CorrespncExternalReference. */
  readonly hidden: readonly string[];
  readonly now: () => Date;
}

const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ServiceResponse => ({
  status,
  headers: {
    'content-type': 'application/json;charset=utf-8',
    dataserviceversion: '2.0',
    ...headers,
  },
  body: JSON.stringify(body),
});

const listOf = (text: string | null): string[] =>
  text === null || text === '' ? [] : text.split(',').map((part) => part.trim());

const shapeOf = (query: URLSearchParams, root: string): Shape => ({
  expand: listOf(query.get('$expand')),
  select: listOf(query.get('$select')),
  root,
});

const orderOf = (set: EntitySet, text: string | null): string => {
  const parts = listOf(text).map((part) => {
    const [property = '', direction = 'asc'] = part.split(' ');
    if (!set.fields.has(property))
      throw new ODataError(400, '/IWBEP/CM_MGW_RT/021', `Property ${property} not found`, property);
    return `${column(property)} ${direction === 'desc' ? 'DESC' : 'ASC'}`;
  });
  return [...parts, 'key'].join(', ');
};

const nonNegative = (query: URLSearchParams, name: string, fallback: number): number => {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d+$/.test(text)) throw new ODataError(400, '/IWBEP/CM_MGW_RT/021', `Invalid ${name}`);
  return Number(text);
};

const readCollection = (
  store: Store,
  set: EntitySet,
  { query, installation }: { query: URLSearchParams; installation: Installation },
): ServiceResponse => {
  const filter = query.get('$filter');
  const where = filter === null ? null : parseFilter(filter, set);
  const offset = nonNegative(query, '$skip', 0) + nonNegative(query, '$skiptoken', 0);
  const top = nonNegative(query, '$top', Number.MAX_SAFE_INTEGER);
  const limit = Math.min(top, installation.pageSize);
  const rows = store.find(set.name, where, {
    limit: limit + 1,
    offset,
    order: orderOf(set, query.get('$orderby')),
  });
  const results = rows
    .slice(0, limit)
    .map((row) => render(store, set, row, shapeOf(query, installation.root)));
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(offset + limit));
  next.delete('$skip');
  if (query.has('$top')) next.set('$top', String(top - limit));
  const more = rows.length > limit && top > limit;
  return json(200, {
    d: {
      ...(query.get('$inlinecount') === 'allpages'
        ? { __count: String(store.count(set.name, where)) }
        : {}),
      results,
      ...(more
        ? {
            __next: `${installation.root}/sap/opu/odata/sap/${set.service}/${set.name}?${next.toString()}`,
          }
        : {}),
    },
  });
};

const keyValues = (set: EntitySet, predicate: string): string => {
  const plain = (literal: string): string => {
    const text = literal.replace(/^(?:datetime)?'|'$/g, '').replaceAll("''", "'");
    return literal.startsWith('datetime') ? new Date(`${text}Z`).toISOString() : text;
  };
  if (!predicate.includes('=')) return plain(predicate);
  const values = new Map(
    predicate.split(',').map((pair) => {
      const [name = '', literal = ''] = pair.split('=');
      return [name, plain(literal)] as const;
    }),
  );
  return set.keys.map((name) => values.get(name) ?? '').join(',');
};

const found = (store: Store, set: EntitySet, predicate: string): Row => {
  const row = store.byKey(set.name, keyValues(set, predicate));
  if (row === null)
    throw new ODataError(
      404,
      '/IWBEP/CM_MGW_RT/020',
      `Resource not found for segment '${set.name}Type'`,
    );
  return row;
};

const readOne = (store: Store, set: EntitySet, row: Row, shape: Shape): ServiceResponse => {
  const etag = entityTag(set, row);
  return json(200, { d: render(store, set, row, shape) }, etag === null ? {} : { etag });
};

const parsed = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the refusal below: the gateway does not say what was wrong with it.
  }
  throw new ODataError(400, 'CX_SXML_PARSE_ERROR/000', 'Error while parsing an XML stream');
};

interface Asked {
  readonly request: ServiceRequest;
  readonly installation: Installation;
}

const create = (
  store: Store,
  set: EntitySet,
  { request, installation }: Asked,
): ServiceResponse => {
  if (set.name !== 'A_PurchaseOrder') throw notAllowed();
  const body = parsed(request.body);
  const row = createPurchaseOrder(store, body, installation.now());
  // A deep insert answers with what was sent expanded.
  const expand = [
    'to_PurchaseOrderItem/to_AccountAssignment',
    'to_PurchaseOrderItem/to_ScheduleLine',
  ];
  const answer = readOne(store, set, row, { expand, select: [], root: installation.root });
  const location = `${installation.root}/sap/opu/odata/sap/${set.service}/${set.name}(${keyPredicate(set, row)})`;
  return { ...answer, status: 201, headers: { ...answer.headers, location } };
};

const merge = (
  store: Store,
  { set, row }: { set: EntitySet; row: Row },
  { request, installation }: Asked,
): ServiceResponse => {
  const etag = entityTag(set, row);
  const given = request.headers['if-match'];
  if (etag !== null && given === undefined)
    throw new ODataError(
      428,
      '/IWFND/CM_MGW_RT/020',
      'The Data Service Request is required to be conditional. Try using "If-Match" header.',
    );
  if (etag !== null && given !== '*' && given !== etag)
    throw new ODataError(412, '/IWFND/CM_MGW_RT/022', 'Precondition failed');
  store.put(set.name, {
    ...row,
    ...storedFields(set, parsed(request.body)),
    ...(set.name === 'A_PurchaseOrder'
      ? { LastChangeDateTime: installation.now().toISOString() }
      : {}),
  });
  return { status: 204, headers: { dataserviceversion: '2.0' }, body: '' };
};

const serviceRoot = (service: string): ServiceResponse =>
  json(200, {
    d: {
      EntitySets: [...catalog.values()]
        .filter((set) => set.service === service)
        .map((set) => set.name),
    },
  });

const notAllowed = (): ODataError =>
  new ODataError(405, '/IWFND/CM_BEC/026', 'Method not allowed for this resource');

// Proxies that know only GET and POST are got round by naming the method in a header.
const methodOf = ({ method, headers }: ServiceRequest): string =>
  method === 'POST' ? (headers['x-http-method'] ?? 'POST') : method;

const answerCollection = (
  store: Store,
  set: EntitySet,
  { request, installation }: Asked,
): ServiceResponse => {
  if (methodOf(request) === 'GET')
    return readCollection(store, set, { query: request.query, installation });
  if (methodOf(request) === 'POST') return create(store, set, { request, installation });
  throw notAllowed();
};

const answerEntity = (
  store: Store,
  { set, row }: { set: EntitySet; row: Row },
  { request, installation }: Asked,
): ServiceResponse => {
  const method = methodOf(request);
  if (method === 'GET') return readOne(store, set, row, shapeOf(request.query, installation.root));
  if (method === 'MERGE' || method === 'PATCH')
    return merge(store, { set, row }, { request, installation });
  throw notAllowed();
};

/** Answers one request to any of the services; refusals are thrown as ODataError. */
export const answer = (
  store: Store,
  request: ServiceRequest,
  installation: Installation,
): ServiceResponse => {
  const [, service = '', resource = ''] = request.path.split('/');
  if (![...catalog.values()].some((set) => set.service === service))
    throw new ODataError(
      403,
      '/IWFND/MED/170',
      `No service found for namespace , name ${service}, version 0001`,
    );
  if (resource === '') return serviceRoot(service);
  if (resource === '$metadata')
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: metadataOf(service, installation.hidden),
    };
  const [, name = '', predicate] = /^([A-Za-z_]+)(?:\((.*)\))?$/.exec(resource) ?? [];
  const set = setNamed(name);
  if (set.service !== service)
    throw new ODataError(404, '/IWBEP/CM_MGW_RT/020', `Resource not found for segment '${name}'`);
  return predicate === undefined
    ? answerCollection(store, set, { request, installation })
    : answerEntity(store, { set, row: found(store, set, predicate) }, { request, installation });
};

import { HttpRefusal } from './http-refusal.ts';

/** An operation as a client words it, whatever the transport. */
export interface OperationRequest {
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** The id of a persisted operation, `sha256:…`. */
  readonly documentId: string | undefined;
}

const text = (body: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw HttpRefusal.badRequest(`"${name}" must be a string.`);
  return value;
};

const record = (
  body: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    throw HttpRefusal.badRequest(`"${name}" must be an object.`);
  return value as Readonly<Record<string, unknown>>;
};

/** The operation in a JSON object, whatever brought it. Throws HttpRefusal. */
export const operationInRecord = (body: Readonly<Record<string, unknown>>): OperationRequest => {
  const request = {
    // Over WebSocket the protocol wants a text; whoever names a persisted operation sends an empty one.
    query: text(body, 'query') || undefined,
    operationName: text(body, 'operationName'),
    variables: record(body, 'variables'),
    extensions: record(body, 'extensions'),
    documentId: text(body, 'documentId'),
  };
  const named = request.documentId !== undefined || request.extensions?.['persistedQuery'];
  if (!(request.query || named))
    throw HttpRefusal.badRequest('"query" must be there, or the id of a persisted operation.');
  return request;
};

const parseJson = (source: string, what: string): unknown => {
  try {
    return JSON.parse(source);
  } catch {
    throw HttpRefusal.badRequest(`${what} is not JSON.`);
  }
};

/** The operation in the JSON body of a POST. Throws HttpRefusal. */
export const operationInBody = (body: string): OperationRequest => {
  const parsed = parseJson(body, 'The body');
  if (Array.isArray(parsed))
    throw new HttpRefusal(400, {
      code: 'BATCHING_NOT_SUPPORTED',
      message: 'Batches are not accepted: send one operation in each request.',
    });
  if (typeof parsed !== 'object' || parsed === null)
    throw HttpRefusal.badRequest('The body must be a JSON object.');
  return operationInRecord(parsed as Readonly<Record<string, unknown>>);
};

const one = (parameters: URLSearchParams, name: string): string | undefined => {
  const values = parameters.getAll(name);
  if (values.length > 1) throw HttpRefusal.badRequest(`"${name}" may be given once.`);
  return values[0] || undefined;
};

const parsedIfGiven = (parameters: URLSearchParams, name: string): unknown => {
  const value = one(parameters, name);
  return value === undefined ? undefined : parseJson(value, `"${name}"`);
};

/** The operation in the query string of a GET. Throws HttpRefusal. */
export const operationInQuery = (search: string): OperationRequest => {
  const parameters = new URLSearchParams(search);
  return operationInRecord({
    query: one(parameters, 'query'),
    operationName: one(parameters, 'operationName'),
    variables: parsedIfGiven(parameters, 'variables'),
    extensions: parsedIfGiven(parameters, 'extensions'),
    documentId: one(parameters, 'documentId'),
  });
};

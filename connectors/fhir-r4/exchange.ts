import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { Upstream } from '../../platform/upstream.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { screenText } from './screen-text.ts';

interface Request {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly operation: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject | undefined;
}

interface Road {
  readonly system: string;
  readonly bearerToken?: string;
  readonly upstream: Upstream;
}

/** The server's own words from an OperationOutcome, screened: diagnostics like to repeat the document. */
const wordsOf = (answer: Answer): string => {
  const issue = asObjects(answer.body?.['issue'])[0];
  const words = asText(asObject(issue?.['details'])?.['text']) ?? asText(issue?.['diagnostics']);
  return words === undefined ? '' : `: ${screenText(words).slice(0, 300)}`;
};

const parsed = (text: string): JsonObject | undefined => {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** The server gave an answer that cannot be used; the same call may succeed later. */
export const unusable = (system: string, operation: string, detail: string): SystemUnavailable =>
  new SystemUnavailable(`${system} ${detail} (${operation}).`, {
    system,
    operation,
    kind: 'transient',
  });

/** The server said no. */
export const refused = (system: string, operation: string, answer: Answer): SystemRefused =>
  new SystemRefused(`${system} refused (${answer.status})${wordsOf(answer)}.`, {
    system,
    operation,
    kind: answer.status === 401 || answer.status === 403 ? 'auth' : 'permanent',
  });

const headersOf = (road: Road, request: Request): Record<string, string> => ({
  accept: 'application/fhir+json',
  ...(request.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
  ...(road.bearerToken === undefined ? {} : { authorization: `Bearer ${road.bearerToken}` }),
  ...request.headers,
});

/** One request and its answer as JSON; statuses below 500 are for the caller to judge. */
export const exchange = async (
  road: Road,
  request: Request,
  signal: AbortSignal,
): Promise<Answer> => {
  const response = await road.upstream.request({
    method: request.method,
    path: request.path,
    operation: request.operation,
    headers: headersOf(road, request),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    // Reads, updates under If-Match and conditional creates may all be repeated without harm.
    idempotent: true,
    signal,
  });
  const answer = { status: response.status, body: parsed(response.text) };
  if (answer.status >= 500)
    throw unusable(road.system, request.operation, `answered ${answer.status}${wordsOf(answer)}`);
  // A proxy's HTML page comes with status 200.
  if (answer.status < 300 && answer.body === undefined && response.text !== '')
    throw unusable(road.system, request.operation, 'answered with something that is not JSON');
  return answer;
};

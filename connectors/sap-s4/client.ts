import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { Upstream } from '../../platform/upstream.ts';
import { classifyError } from './classify-error.ts';
import type { Entity } from './entity.ts';
import { type Query, queryText } from './query.ts';
import { missingFields } from './read-metadata.ts';

/** Who the hub is for the system. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** The client (mandant), for example 100; the system's default when absent. */
  readonly sapClient?: string;
  /** Language of texts and errors. */
  readonly language?: string;
}

/** A write to one address of a service. */
export interface Write {
  readonly service: string;
  readonly path: string;
  readonly method: 'POST' | 'MERGE';
  readonly body: unknown;
  readonly etag?: string;
}

/** OData V2 as S/4HANA speaks it. */
export interface Client {
  /** Every record of a read, all pages. */
  readonly list: (
    source: { service: string; path: string },
    query: Query,
    call: Call,
  ) => Promise<readonly Entity[]>;
  /** One record; null when the system says 404. */
  readonly one: (
    source: { service: string; path: string },
    query: Query,
    call: Call,
  ) => Promise<Entity | null>;
  /** What the write answered; null for 204. A failure after the bytes left is `ambiguous`. */
  readonly write: (write: Write, call: Call) => Promise<Entity | null>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Session {
  readonly token: string;
  readonly cookie: string;
}

const root = '/sap/opu/odata/sap';
const mostPages = 10_000;

/** Statuses of 500 and above whose body is the system's own words. */
const spoken = [500];

/** The address below our own base of a link that may name a host, scheme or prefix only the system itself can reach. */
const rebase = (link: string, service: string): string => {
  const start = link.indexOf(`${root}/`);
  return start < 0 ? `${root}/${service}/${link.replace(/^\.?\//, '')}` : link.slice(start);
};

const cookieAttributes = new Set([
  'path',
  'domain',
  'expires',
  'max-age',
  'secure',
  'httponly',
  'samesite',
]);

/** The cookies of a Set-Cookie header, several of which may stand in one text, to be sent back without their attributes. */
const cookiesOf = (header: string): string =>
  header
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(
      (part) =>
        part.includes('=') && !cookieAttributes.has(part.split('=')[0]?.toLowerCase() ?? ''),
    )
    .join('; ');

const isCsrfRefusal = ({ status, headers }: Answer): boolean =>
  status === 403 && headers['x-csrf-token']?.toLowerCase() === 'required';

class ODataClient implements Client {
  private readonly upstream: Upstream;
  private readonly system: string;
  private readonly standing: Readonly<Record<string, string>>;
  private readonly suffix: string;
  private readonly checked = new Map<string, Promise<void>>();
  private session: Promise<Session> | null = null;

  constructor(upstream: Upstream, system: string, credentials: Credentials) {
    this.upstream = upstream;
    this.system = system;
    const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
    this.standing = {
      authorization: `Basic ${pair}`,
      accept: 'application/json',
      dataserviceversion: '2.0',
    };
    const client =
      credentials.sapClient === undefined ? '' : `&sap-client=${credentials.sapClient}`;
    this.suffix = `${client}&sap-language=${credentials.language ?? 'EN'}`;
  }

  list: Client['list'] = async ({ service, path }, query, call) => {
    await this.check(service, call);
    const records: Entity[] = [];
    let address: string | null = this.address(service, path, query);
    for (let page = 0; address !== null; page += 1) {
      if (page === mostPages)
        throw this.unavailable(`GET ${path}`, `More than ${mostPages} pages.`);
      const data: Entity = await this.get(`GET ${path}`, address, call);
      if (!Array.isArray(data['results']))
        throw this.unavailable(`GET ${path}`, 'The answer has no results.');
      records.push(...(data['results'] as Entity[]));
      const next: unknown = data['__next'];
      address = typeof next === 'string' ? rebase(next, service) : null;
    }
    return records;
  };

  one: Client['one'] = async ({ service, path }, query, call) => {
    await this.check(service, call);
    const operation = `GET ${path}`;
    const answer = await this.send({ path: this.address(service, path, query), operation }, call);
    return answer.status === 404 ? null : this.data(operation, answer);
  };

  write: Client['write'] = async (write, call) => {
    await this.check(write.service, call);
    const operation = `${write.method} ${write.path}`;
    const used = await this.currentSession(write.service, call);
    let answer = await this.sendWrite(write, used, call);
    if (isCsrfRefusal(answer)) {
      // The session ended; the write was refused before it was looked at, so that sending it again is safe.
      if ((await this.session) === used) this.session = null;
      answer = await this.sendWrite(write, await this.currentSession(write.service, call), call);
    }
    if (answer.status === 204) return null;
    return this.data(operation, answer, true);
  };

  private address(service: string, path: string, query: Query): string {
    return `${root}/${service}/${path}?$format=json${queryText(query)}${this.suffix}`;
  }

  private async get(operation: string, path: string, call: Call): Promise<Entity> {
    return this.data(operation, await this.send({ path, operation }, call));
  }

  private send(
    request: { path: string; operation: string; headers?: Readonly<Record<string, string>> },
    call: Call,
  ): Promise<Answer> {
    return this.upstream.request({
      method: 'GET',
      path: request.path,
      headers: { ...this.standing, ...request.headers },
      idempotent: true,
      returnStatus: spoken,
      signal: call.signal,
      operation: request.operation,
    });
  }

  private sendWrite(write: Write, session: Session, call: Call): Promise<Answer> {
    return this.upstream.request({
      method: 'POST',
      path: `${root}/${write.service}/${write.path}?${this.suffix.slice(1)}`,
      headers: {
        ...this.standing,
        'content-type': 'application/json',
        'x-csrf-token': session.token,
        cookie: session.cookie,
        // Proxies let POST through more often than MERGE.
        ...(write.method === 'MERGE' ? { 'x-http-method': 'MERGE' } : {}),
        ...(write.etag === undefined ? {} : { 'if-match': write.etag }),
      },
      body: JSON.stringify(write.body),
      idempotent: false,
      returnStatus: spoken,
      signal: call.signal,
      operation: `${write.method} ${write.path}`,
    });
  }

  private currentSession(service: string, call: Call): Promise<Session> {
    if (this.session !== null) return this.session;
    const opening = this.openSession(service, call);
    this.session = opening;
    opening.catch(() => {
      if (this.session === opening) this.session = null;
    });
    return opening;
  }

  private async openSession(service: string, call: Call): Promise<Session> {
    const operation = 'open session';
    const path = `${root}/${service}/?$format=json${this.suffix}`;
    const answer = await this.send({ path, operation, headers: { 'x-csrf-token': 'Fetch' } }, call);
    const token = answer.headers['x-csrf-token'];
    if (token === undefined || token === '') {
      if (answer.status >= 400) throw this.failure(operation, answer, false);
      throw this.unavailable(operation, 'The system gave no x-csrf-token.');
    }
    return { token, cookie: cookiesOf(answer.headers['set-cookie'] ?? '') };
  }

  private check(service: string, call: Call): Promise<void> {
    const known = this.checked.get(service);
    if (known !== undefined) return known;
    const checking = this.readMetadata(service, call);
    this.checked.set(service, checking);
    // A failed read is no verdict on the release: the next call asks again.
    checking.catch(() => this.checked.delete(service));
    return checking;
  }

  private async readMetadata(service: string, call: Call): Promise<void> {
    const operation = `read $metadata of ${service}`;
    const path = `${root}/${service}/$metadata?${this.suffix.slice(1)}`;
    const answer = await this.send(
      { path, operation, headers: { accept: 'application/xml' } },
      call,
    );
    if (answer.status !== 200) throw this.failure(operation, answer, false);
    const missing = missingFields(service, answer.text);
    if (missing.length > 0)
      throw new SystemRefused(
        `${this.system}: this release of ${service} lacks ${missing.join(', ')}, which the connector needs.`,
        { system: this.system, operation, kind: 'permanent' },
      );
  }

  private data(operation: string, answer: Answer, isWrite = false): Entity {
    if (answer.status < 200 || answer.status > 299) throw this.failure(operation, answer, isWrite);
    try {
      const body: unknown = JSON.parse(answer.text);
      const d = typeof body === 'object' && body !== null && 'd' in body ? body.d : null;
      if (typeof d === 'object' && d !== null) return d as Entity;
    } catch {
      // Not JSON: the refusal below says what came instead.
    }
    const { words } = classifyError(answer.status, answer.text, isWrite);
    throw this.unavailable(operation, `Not an OData answer: ${words}`, isWrite);
  }

  private failure(operation: string, answer: Answer, isWrite: boolean): Error {
    const { kind, code, words } = classifyError(answer.status, answer.text, isWrite);
    const message = `${this.system}: ${words}${code === '' ? '' : ` (${code})`}`;
    const failure = { system: this.system, operation, kind };
    return kind === 'permanent' || kind === 'auth'
      ? new SystemRefused(message, failure)
      : new SystemUnavailable(message, failure);
  }

  private unavailable(operation: string, words: string, isWrite = false): SystemUnavailable {
    const kind = isWrite ? 'ambiguous' : 'transient';
    return new SystemUnavailable(`${this.system}: ${words}`, {
      system: this.system,
      operation,
      kind,
    });
  }
}

/** OData V2 over one upstream: sessions and CSRF tokens, pages, errors, and one look at each service's $metadata. */
export const createClient = (
  upstream: Upstream,
  system: string,
  credentials: Credentials,
): Client => new ODataClient(upstream, system, credentials);

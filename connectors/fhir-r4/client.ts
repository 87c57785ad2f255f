import type { Upstream } from '../../platform/upstream.ts';
import { type Answer, exchange, refused, unusable } from './exchange.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';

interface ClientOptions {
  readonly system: string;
  /** The server's FHIR base, such as https://ehr.example/fhir/R4. */
  readonly baseUrl: string;
  readonly bearerToken?: string;
  readonly upstream: Upstream;
}

interface Creation {
  readonly resource: JsonObject;
  /** system|value; a resource that carries it is not created again. */
  readonly identifier: string;
}

interface Page {
  readonly resources: readonly JsonObject[];
  readonly last: boolean;
}

const mostPages = 1000;

/** The path on our own road to the server; links carry whatever host the server believes to have. */
const rebased = (base: URL, link: string): string => {
  const url = new URL(link, base);
  const at = url.pathname.indexOf(base.pathname);
  // Behind a proxy the path may differ as well: then its last part and the query tell the pages apart.
  const path =
    at < 0 ? (url.pathname.split('/').at(-1) ?? '') : url.pathname.slice(at + base.pathname.length);
  return `${base.pathname}${path}${url.search}`;
};

const nextLink = (bundle: JsonObject): string | undefined =>
  asText(asObjects(bundle['link']).find((link) => link['relation'] === 'next')?.['url']);

const resourcesIn = (bundle: JsonObject): readonly JsonObject[] =>
  asObjects(bundle['entry'])
    .map((entry) => asObject(entry['resource']))
    .filter((each) => each !== undefined);

/** FHIR's REST interactions, as far as the connector needs them. */
export class FhirClient {
  readonly #options: ClientOptions;
  readonly #base: URL;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#base = new URL(`${options.baseUrl.replace(/\/+$/, '')}/`);
  }

  async #page(path: string, signal: AbortSignal): Promise<JsonObject> {
    const answer = await exchange(
      this.#options,
      { method: 'GET', path, operation: 'search' },
      signal,
    );
    if (answer.status >= 300 || answer.body?.['resourceType'] !== 'Bundle')
      throw refused(this.#options.system, 'search', answer);
    return answer.body;
  }

  /** What the search finds, page by page, in the server's order. */
  async *search(query: string, signal: AbortSignal): AsyncGenerator<Page, void, undefined> {
    const visited = new Set<string>();
    let path: string | undefined = `${this.#base.pathname}${query}`;
    while (path !== undefined) {
      if (visited.has(path) || visited.size >= mostPages)
        throw unusable(this.#options.system, 'search', 'leads from page to page without an end');
      visited.add(path);
      const bundle: JsonObject = await this.#page(path, signal);
      const next = nextLink(bundle);
      yield { resources: resourcesIn(bundle), last: next === undefined };
      path = next === undefined ? undefined : rebased(this.#base, next);
    }
  }

  /** Null when the server has none, or has it no more. */
  async read(reference: string, signal: AbortSignal): Promise<JsonObject | null> {
    const path = `${this.#base.pathname}${reference}`;
    const answer = await exchange(
      this.#options,
      { method: 'GET', path, operation: 'read' },
      signal,
    );
    if (answer.status === 404 || answer.status === 410) return null;
    return this.#accepted('read', answer).body ?? {};
  }

  /** False when somebody changed it since that version was read. */
  async update(resource: JsonObject, signal: AbortSignal): Promise<boolean> {
    const version = asText(asObject(resource['meta'])?.['versionId']);
    const path = `${this.#base.pathname}${resource['resourceType']}/${resource['id']}`;
    const headers = version === undefined ? {} : { 'if-match': `W/"${version}"` };
    const request = { method: 'PUT', path, operation: 'update', headers, body: resource } as const;
    const answer = await exchange(this.#options, request, signal);
    if (answer.status === 412 || answer.status === 409) return false;
    this.#accepted('update', answer);
    return true;
  }

  /** Creates the resource unless one with that identifier exists. */
  async createOnce({ resource, identifier }: Creation, signal: AbortSignal): Promise<void> {
    const path = `${this.#base.pathname}${resource['resourceType']}`;
    const headers = { 'if-none-exist': `identifier=${encodeURIComponent(identifier)}` };
    const request = { method: 'POST', path, operation: 'create', headers, body: resource } as const;
    this.#accepted('create', await exchange(this.#options, request, signal));
  }

  #accepted(operation: string, answer: Answer): Answer {
    if (answer.status >= 300) throw refused(this.#options.system, operation, answer);
    return answer;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something else that the same server serves: a console, an explorer, webhooks. */
export interface Route {
  /** Asked for everything but POST to the GraphQL path. The path is without its query string. */
  readonly matches: (request: IncomingMessage, path: string) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

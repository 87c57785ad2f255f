import type { IncomingHttpHeaders } from 'node:http';

/** What an HTTP header may carry. Anything else would break the request to a subgraph, or write headers of its own into it. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The texts that a client on a socket gives as parameters, under lower-case names, as if they were headers: browsers cannot
 * set any at the handshake. What no header may carry is left out.
 */
export const paramsAsHeaders = (
  params: Readonly<Record<string, unknown>> | undefined,
): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(params ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' && headerValue.test(value) ? [[name.toLowerCase(), value]] : [],
    ),
  );

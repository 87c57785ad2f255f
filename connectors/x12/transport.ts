import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import { createUpstream, type Upstream } from '../../platform/upstream.ts';

/** How documents reach the partner. */
export interface Transport {
  /** Hands a document over; `name` is the same for the same document. Returns what the partner answered at once, if anything. */
  readonly send: (document: { name: string; text: string }, signal: AbortSignal) => Promise<string>;
  readonly close: () => Promise<void>;
}

const sendBy =
  (upstream: Upstream, system: string, url: URL): Transport['send'] =>
  async ({ text }, signal) => {
    const response = await upstream.request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      operation: 'send',
      headers: { 'content-type': 'application/edi-x12' },
      body: text,
      // A repeated document carries the same control number, by which the partner knows it.
      idempotent: true,
      signal,
    });
    const failure = { system, operation: 'send' };
    if (response.status >= 500)
      throw new SystemUnavailable(`${system} answered ${response.status}.`, {
        ...failure,
        kind: 'transient',
      });
    if (response.status >= 300)
      throw new SystemRefused(
        `${system} refused the document (${response.status}): ${response.text.slice(0, 300)}`,
        {
          ...failure,
          kind: response.status === 401 || response.status === 403 ? 'auth' : 'permanent',
        },
      );
    return response.text;
  };

/** Documents by HTTP POST to the partner's address. */
export const httpTransport = (
  system: string,
  address: string,
  options: { readonly timeoutMs?: number; readonly requestsPerSecond?: number } = {},
): Transport => {
  const url = new URL(address);
  const upstream = createUpstream({ system, baseUrl: url.origin, ...options });
  return { send: sendBy(upstream, system, url), close: () => upstream.close() };
};

/** Documents as files in a folder that the partner empties; a file appears whole or not at all. */
export const folderTransport = (system: string, folder: string): Transport => ({
  send: async ({ name, text }) => {
    const target = join(folder, `${name}.edi`);
    try {
      await mkdir(folder, { recursive: true });
      const file = await open(`${target}.part`, 'w');
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${target}.part`, target);
    } catch (cause) {
      throw new SystemUnavailable(`The drop folder of ${system} cannot be written.`, {
        system,
        operation: 'send',
        kind: 'transient',
        cause,
      });
    }
    return '';
  },
  close: async () => {},
});

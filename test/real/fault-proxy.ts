import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from '../../platform/free-port.ts';
import type { ContractFault } from '../contract/erp-subject.ts';

/** A faulty line between us and a real server: it drops answers after the server has done its work, and refuses in the server's place. */
export interface FaultProxy {
  readonly url: string;
  readonly faults: (plan: ContractFault | readonly ContractFault[] | null) => void;
  readonly close: () => Promise<void>;
}

/** Park-Miller: small and the same everywhere. */
const dieFrom = (seed: number): (() => number) => {
  let state = (seed * 7919 + 1) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

type Throw = { readonly plan: ContractFault; readonly die: () => number };

const refusals = (fault: ContractFault, count: number) => {
  const after = fault.retryAfterSeconds ?? null;
  const headers: Record<string, string> = after === null ? {} : { 'retry-after': String(after) };
  if (fault.kind === 'throttle') return { status: 429, headers, body: 'Too Many Requests' };
  if (fault.kind === 'unavailable') return { status: 503, headers: {}, body: 'Unavailable' };
  const bodies = [
    { status: 502, headers: {}, body: '<html><h1>Bad Gateway</h1></html>' },
    { status: 200, headers: {}, body: 'upstream connect error' },
    { status: 200, headers: {}, body: '{"id":0,"error":["database is locked",""]}' },
  ];
  return bodies[count % bodies.length] ?? { status: 500, headers: {}, body: '' };
};

const refuses = (fault: ContractFault): boolean =>
  ['throttle', 'unavailable', 'error-body'].includes(fault.kind);

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Stands in front of the server at `target`; `isWrite` tells from the body whether something is to be changed. */
export const startFaultProxy = async (
  target: string,
  isWrite: (body: string) => boolean,
): Promise<FaultProxy> => {
  const port = await freePort();
  const state: { dice: readonly Throw[]; count: number } = { dice: [], count: 0 };
  const strike = (body: string): ContractFault | null =>
    state.dice.find(
      ({ plan, die }) => (plan.onlyWrites !== true || isWrite(body)) && die() < plan.rate,
    )?.plan ?? null;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const fault = strike(body.toString('utf8'));
    state.count += 1;
    if (fault !== null && refuses(fault)) {
      const refusal = refusals(fault, state.count);
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(`${target}${request.url ?? '/'}`, {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
    const text = await answer.text();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'commit-and-drop') {
      request.socket.destroy();
      return;
    }
    const type = answer.headers.get('content-type') ?? 'text/plain';
    response.writeHead(answer.status, { 'content-type': type }).end(text);
  };
  const server = createServer((request, response) => {
    // The server behind may be gone: then the line is dead too.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    faults: (plan) => {
      const plans = plan === null ? [] : [plan].flat();
      state.dice = plans.map((each) => ({ plan: each, die: dieFrom(each.seed) }));
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../platform/free-port.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { shippedFlags } from './shipped-flags.ts';

/** One contender under way. */
export interface StatusContender {
  readonly name: string;
  /** Where clients connect. */
  readonly url: string;
  /** The process whose use of the machine counts. */
  readonly server: MeasuredChild;
  /** The process where changes happen: the server itself, or a subgraph of a gateway. */
  readonly publisher: MeasuredChild;
}

/** One of ours: it publishes in its own process. */
export const startContender = async (mode: string): Promise<StatusContender> => {
  const script = 'test/bench/fixtures/status-server-process.ts';
  const server = await startMeasured(script, { MODE: mode }, { flags: shippedFlags('start') });
  const { url } = await server.ask<{ url: string }>('server');
  return { name: mode, url, server, publisher: server };
};

/** Hive Gateway over subgraphs in a process of their own. */
export const startHive = async (): Promise<StatusContender> => {
  const publisher = await startMeasured('test/bench/fixtures/status-subgraphs-process.ts', {});
  const { supergraphSdl } = await publisher.ask<{ supergraphSdl: string }>('server');
  const supergraph = join(await mkdtemp(join(tmpdir(), 'syncline-bench-')), 'supergraph.graphql');
  await writeFile(supergraph, supergraphSdl);
  const port = await freePort();
  const server = await startMeasured(
    'test/bench/peers/hive-subscriptions.mjs',
    { SUPERGRAPH: supergraph, PORT: String(port) },
    { flags: shippedFlags('start') },
  );
  return { name: 'Hive Gateway', url: `ws://127.0.0.1:${port}/graphql`, server, publisher };
};

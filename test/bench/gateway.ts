import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { type Contender, ours, runContest } from './contest.ts';
import { installPeers } from './install-peers.ts';
import { startMeasured } from './measured-child.ts';
import { stayAway } from './pinned.ts';

const script = (peer: string): string => `test/bench/peers/${peer}.mjs`;
const handWritten = 'hand-written aggregator';

const own: readonly Contender[] = [
  { name: ours, script: 'gateway/main.ts' },
  { name: handWritten, script: script('hand-written') },
];

const peers: readonly Contender[] = [
  { name: 'Apollo Gateway', script: script('apollo') },
  { name: 'Hive Gateway', script: script('hive') },
  {
    ...{ name: 'Hive Gateway, router-runtime', script: script('hive') },
    env: { ROUTER_RUNTIME: '1' },
  },
  { name: 'Mercurius', script: script('mercurius') },
];

/** Compares gateways over HTTP subgraphs by the CPU that their own processes spend per request. */
export const benchGateway = async (options: BenchOptions): Promise<void> => {
  stayAway();
  const folder = await mkdtemp(join(tmpdir(), 'syncline bench '));
  const { ports, supergraph } = await composeCatalogue(folder);
  const env = { SUPERGRAPH: supergraph, SUBGRAPH_PORTS: JSON.stringify(ports) };
  const subgraphs = await startMeasured('test/bench/fixtures/subgraphs-process.ts', env);
  const hasPeers = await installPeers(options.say);
  try {
    await runContest(
      {
        name: 'gateway',
        title: 'Gateway CPU per heavy request, ms (less is better)',
        contenders: hasPeers ? [...own, ...peers] : own,
        env,
        reference: handWritten,
      },
      options,
    );
  } finally {
    await subgraphs.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

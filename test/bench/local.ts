import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { ours, runContest } from './contest.ts';
import { stayAway } from './pinned.ts';

const apollo = 'Apollo Gateway, LocalGraphQLDataSource';

/** Compares gateways whose subgraphs run in their own process; what resolvers spend is in every figure. */
export const benchLocal = async (options: BenchOptions): Promise<void> => {
  stayAway();
  const folder = await mkdtemp(join(tmpdir(), 'syncline bench '));
  const { supergraph } = await composeCatalogue(folder);
  try {
    await runContest(
      {
        name: 'local',
        title: 'CPU per heavy request, subgraphs in process, ms (less is better)',
        contenders: [
          { name: ours, script: 'test/bench/fixtures/local-gateway-process.ts' },
          { name: apollo, script: 'test/bench/peers/apollo-local.mjs' },
        ],
        env: { SUPERGRAPH: supergraph },
        reference: apollo,
      },
      options,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

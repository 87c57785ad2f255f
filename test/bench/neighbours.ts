import type { BenchOptions } from './bench-options.ts';
import { besideDeadSubgraph } from './dead-subgraph.ts';
import { besideStalledReaders } from './stalled-readers.ts';
import { writeResult } from './write-result.ts';

/** What those in trouble cost the others. */
export const benchNeighbours = async (options: BenchOptions): Promise<void> => {
  const figures = {
    deadSubgraph: await besideDeadSubgraph(options),
    stalledReaders: await besideStalledReaders(options),
  };
  await writeResult({ name: 'neighbours', command: options.command, figures });
};

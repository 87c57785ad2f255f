import { inspect, parseArgs } from 'node:util';
import type { BenchOptions } from './bench-options.ts';
import { benchGateway } from './gateway.ts';
import { benchLocal } from './local.ts';
import { benchNeighbours } from './neighbours.ts';
import { benchOverload } from './overload.ts';
import { benchPlanning } from './planning.ts';
import { benchSpine } from './spine.ts';
import { benchSubscriptions } from './subscriptions.ts';

const help = `Measures, and writes what it found under test/bench/results.

  npm run bench -- gateway|local|subscriptions|planning|overload|neighbours|spine [--rounds 7] [--scale 1]

  gateway        CPU per request of our gateway and of its peers, each a process of its own
  local          the same with the subgraphs in the gateway's own process
  subscriptions  CPU per message, bytes per client, delay and executions of our WebSocket door
  planning       what one short hostile operation costs to plan, by the bound on evaluated plans
  overload       what is answered of five times the load that can be, how soon the rest is refused, when all is well
  neighbours     what a dead subgraph and stalled readers cost the others
  spine          the hub's start, idle memory, push, approval to ERP, orders per second
  --rounds N     interleaved rounds (default 7)
  --scale X      multiplies the number of requests of a round (default 1)
  --clients N,N  sizes of the crowd of subscribers (default 1000,5000,10000)
`;

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  gateway: benchGateway,
  local: benchLocal,
  neighbours: benchNeighbours,
  overload: benchOverload,
  spine: benchSpine,
  planning: benchPlanning,
  subscriptions: benchSubscriptions,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      rounds: { type: 'string', default: '7' },
      scale: { type: 'string', default: '1' },
      clients: { type: 'string', default: '1000,5000,10000' },
    },
  });
  const bench = benches[positionals[0] ?? ''];
  if (values.help === true || bench === undefined) {
    process.stdout.write(help);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  await bench({
    say,
    command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
    rounds: Number(values.rounds),
    scale: Number(values.scale),
    clients: values.clients.split(',').map(Number),
  });
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? inspect(error) : String(error)}\n`);
  process.exitCode = 1;
});

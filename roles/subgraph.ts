import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import { describeResolverError } from '../gateway/errors.ts';
import { createSubgraphs, openWork } from '../hub.ts';
import type { Identity } from '../platform/identity.ts';
import { InvalidToken, verifyIdentity } from '../platform/tokens.ts';
import { startTracing } from '../platform/tracing.ts';
import { type SubgraphName, subgraphNames } from '../schema/compose.ts';
import { serveSubgraph } from '../subgraphs/serve.ts';
import { identityHeader, type Role, runRole } from './role.ts';

/** Those that have an address; the event log is answered where the subscriptions are, in the front. */
const served = subgraphNames.filter((name) => name !== 'events');

const portOf = (name: SubgraphName): number => 4101 + subgraphNames.indexOf(name);

const help = `npm run subgraph -- NAME serves one subgraph of the hub over HTTP, to the hub's own gateway and to nobody else.

  NAME           ${served.map((name) => `${name} (port ${portOf(name)})`).join(', ')}
  DATABASE_URL   the PostgreSQL that all processes of the hub share (required)
  HUB_SECRET     at least 32 characters, the same in all processes of the hub (required)
  PORT, HOST     where to listen instead
  CONFIG         the folder with the configuration of the connected systems

It starts no work of its own: what a mutation asks for is done by npm run worker. npm run front is the gateway.
All settings: npm start -- --help`;

/** Who the gateway says asks; null when it did not say so. */
const identifyBy =
  (secret: string) =>
  async (headers: IncomingHttpHeaders): Promise<Identity | null> => {
    const signed = headers[identityHeader];
    if (typeof signed !== 'string') return null;
    try {
      return verifyIdentity(signed, secret);
    } catch (error) {
      if (error instanceof InvalidToken) return null;
      throw error;
    }
  };

const roleOf = (name: SubgraphName): Role => ({
  help,
  port: portOf(name),
  start: async ({ settings, started }) => {
    const { host, port, secret, otlpEndpoint } = settings;
    started.add(await startTracing(otlpEndpoint ?? undefined), (tracing) => tracing.stop());
    const context = { started, say: () => undefined };
    const work = await openWork(settings, secret, context);
    const { database, workflows, configuration, logger } = work;
    const subgraph = createSubgraphs(database, workflows, configuration).find(
      (candidate) => candidate.name === name,
    );
    if (subgraph === undefined) throw new Error(`There is no subgraph ${name}.`);
    const report = (err: unknown): void => logger.error({ err, subgraph: name }, 'A fetch failed.');
    const { url } = started.add(
      await serveSubgraph(subgraph, {
        ...{ host, port, report, identify: identifyBy(secret) },
        formatError: (formatted, error) =>
          error instanceof GraphQLError ? describeResolverError(error, report) : formatted,
      }),
      (open) => open.stop(),
    );
    return `The subgraph ${name} is ready at ${url}`;
  },
});

const asked = process.argv[2] ?? '';
const name = served.find((candidate) => candidate === asked);
if (name !== undefined) runRole(roleOf(name));
else if (process.argv.includes('--help')) process.stdout.write(`${help}\n`);
else {
  process.stderr.write(`There is no subgraph "${asked}".\n\n${help}\n`);
  process.exitCode = 1;
}

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyConfiguration } from './config/apply-configuration.ts';
import { type Configuration, readConfiguration } from './config/configuration.ts';
import { connectSystems } from './connectors/registry.ts';
import { buildConsole } from './console/build.ts';
import { inTrace } from './gateway/clients/in-trace.ts';
import { type LocalClient, localClient } from './gateway/clients/local-client.ts';
import { consoleRoutes } from './gateway/http/console-routes.ts';
import { type Inbound, inboundKey, inboundRoutes } from './gateway/http/inbound-routes.ts';
import { runbookRoute } from './gateway/http/runbook-route.ts';
import { openGateway } from './gateway/open-gateway.ts';
import type { GatewayRequest } from './gateway/request.ts';
import { openWatch, type Watch } from './gateway/watch.ts';
import { openAuditRootFile } from './platform/audit-root-file.ts';
import { startAuditSealer } from './platform/audit-sealer.ts';
import { systemClock } from './platform/clock.ts';
import { type Database, migrate, openDatabase } from './platform/database.ts';
import { createDurable } from './platform/durable.ts';
import { startPostgres } from './platform/embedded-postgres.ts';
import { openEventLog } from './platform/event-log.ts';
import { lockFolder } from './platform/folder-lock.ts';
import { hubSecret } from './platform/hub-secret.ts';
import { createLogger } from './platform/logger.ts';
import { readSettings, type Settings } from './platform/settings.ts';
import { closedIssuer, openTokens, type Tokens } from './platform/tokens.ts';
import { startTracing } from './platform/tracing.ts';
import { composeSupergraph } from './schema/compose.ts';
import { personaRoute } from './simulation/persona-route.ts';
import { type HospitalProcess, startHospitalProcess } from './simulation/start-hospital.ts';
import { help, welcome } from './simulation/welcome.ts';
import type { Subgraph } from './subgraphs/build-subgraph.ts';
import { createClinicalSubgraph } from './subgraphs/clinical/subgraph.ts';
import { createErpSubgraph } from './subgraphs/erp/subgraph.ts';
import { createEventsSubgraph, subscriptionFields } from './subgraphs/events/subgraph.ts';
import { createInventorySubgraph } from './subgraphs/inventory/subgraph.ts';
import { createOperationsSubgraph } from './subgraphs/operations/subgraph.ts';
import { createProcurementSubgraph } from './subgraphs/procurement/subgraph.ts';
import { defineWorkflows, type HubWorkflows } from './workflows/define-workflows.ts';

/** The hospital's configuration: the one that comes along unless another is named. */
const configurationOf = (settings: Settings): string => settings.configDir ?? at('config/demo');

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The folder of registered operations: the one that comes along unless another is named. */
export const operationsOf = (settings: Settings): string =>
  settings.operationsDir ?? at('schema/operations');

/** Hears of each step of starting. */
type Say = (line: string) => void;

/** A running hub. */
export interface Hub {
  readonly url: string;
  readonly tokens: Tokens;
  readonly database: Database;
  readonly hospital: HospitalProcess | null;
  /** Stops everything in the reverse order of its start, children included. */
  readonly stop: () => Promise<void>;
}

/** What has been started, and how to stop it; the last is stopped first. */
export class Started {
  readonly #stops: (() => unknown)[] = [];

  add<T>(thing: T, stop: (thing: T) => unknown): T {
    this.#stops.push(() => stop(thing));
    return thing;
  }

  readonly stop = async (): Promise<void> => {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
  };
}

const openStorage = async (settings: Settings, started: Started, say: Say): Promise<Database> => {
  say(settings.databaseUrl === null ? 'Starting PostgreSQL' : 'Opening the database');
  const dir = join(resolve(settings.dataDir), 'postgres');
  const url =
    settings.databaseUrl ??
    started.add(await startPostgres({ dir, onProgress: say }), (postgres) => postgres.stop()).url;
  const database = started.add(await openDatabase(url, { max: 20 }), (open) => open.close());
  await migrate(database, at('schema/migrations'));
  return database;
};

const openHospital = async (
  settings: Settings,
  secret: string,
  say: Say,
): Promise<HospitalProcess | null> => {
  if (!settings.simulation) return null;
  say('Starting the simulated hospital');
  const key = inboundKey(secret, 'x12', 'edi-network');
  return startHospitalProcess({
    dir: join(resolve(settings.dataDir), 'simulation'),
    configuration: resolve(configurationOf(settings)),
    callbackUrl: `http://127.0.0.1:${settings.port}/inbound/x12/edi-network?key=${key}`,
    paceMs: settings.simulationPaceMs,
    firstBaskets: 4,
  });
};

/** Every subgraph, over the hub's own rows and the workflows. */
export const createSubgraphs = (
  database: Database,
  workflows: HubWorkflows,
  { systems, policy }: Configuration,
): readonly Subgraph[] => {
  const shared = { database, freshness: { clock: systemClock, feeds: policy.feeds } };
  const { approvals, itemSources, budgets, stewardship } = workflows;
  const connected = [...systems.erps, ...systems.clinicals, ...systems.tradingPartners];
  const purposeOf = (system: string): string =>
    connected.find(({ name }) => name === system)?.purpose ?? 'Not in the configuration any more';
  return [
    createClinicalSubgraph(shared),
    createErpSubgraph({ ...shared, budgets }),
    createEventsSubgraph(),
    createInventorySubgraph(shared),
    createOperationsSubgraph({ database, stewardship, purposeOf }),
    createProcurementSubgraph({ ...shared, approvals, itemSources }),
  ];
};

/** The subgraph, executed in this process. */
export const inProcess = ({ name, schema }: Subgraph, { observer, tracer }: Watch): LocalClient => {
  const contextFor = ({ identity, signal }: GatewayRequest) => ({ identity, signal });
  const client = localClient({ name, schema, contextFor, observer });
  return tracer === null ? client : inTrace(client);
};

const json = 'application/json; charset=utf-8';

/** What other systems may push to the hub. */
export const inbounds = (workflows: HubWorkflows): readonly Inbound[] => [
  {
    kind: 'x12',
    take: async (partner, raw) => {
      const taken = await workflows.takeSupplierDocument(partner, raw);
      if (taken.functionalAcknowledgement === null)
        return { accepted: false, contentType: json, body: JSON.stringify(taken) };
      const body = taken.functionalAcknowledgement;
      return { accepted: true, contentType: 'application/edi-x12', body };
    },
  },
  {
    kind: 'fhir',
    take: async (system, raw) => {
      const taken = await workflows.takeClinicalDocument(system, raw);
      return { accepted: taken.accepted, contentType: json, body: JSON.stringify(taken) };
    },
  },
];

/** Everything from configuration to workflows: what the gateway then opens to the world, in one process or in several. */
export const openWork = async (
  settings: Settings,
  secret: string,
  context: { started: Started; say: Say },
) => {
  const { started, say } = context;
  const logger = createLogger({ level: settings.logLevel, pretty: process.stdout.isTTY });
  const database = await openStorage(settings, started, say);
  const hospital = started.add(await openHospital(settings, secret, say), (child) => child?.stop());
  const environment = { ...process.env, ...hospital?.addresses };
  const configuration = readConfiguration(configurationOf(settings), environment);
  const log = started.add(await openEventLog(database), (open) => open.close());
  const durable = started.add(createDurable({ database, log, logger }), (open) => open.close());
  const dataDir = resolve(settings.dataDir);
  const roots = openAuditRootFile(
    join(dataDir, 'audit-roots.jsonl'),
    join(dataDir, 'keys/audit.pem'),
  );
  const sealer = startAuditSealer({ database, logger, keepRoot: roots.keep });
  started.add(sealer, (open) => open.stop());
  const systems = started.add(connectSystems(configuration.systems), async (connected) => {
    for (const kind of Object.values(connected))
      for (const system of kind.values()) await system.close();
  });
  const { policy } = configuration;
  const parts = { durable, database, systems, policy, clock: systemClock, logger };
  const workflows = defineWorkflows(parts);
  return { ...parts, log, hospital, configuration, workflows };
};

/** Starts the whole hub in this process. Rejects with what is wrong and what to do; nothing is left running then. */
export const startHub = async (settings: Settings, say: Say): Promise<Hub> => {
  const started = new Started();
  try {
    const keys = join(resolve(settings.dataDir), 'keys');
    started.add(lockFolder(join(resolve(settings.dataDir), 'hub.lock')), (unlock) => unlock());
    const { tracer } = started.add(
      await startTracing(settings.otlpEndpoint ?? undefined),
      (tracing) => tracing.stop(),
    );
    const watch = openWatch(tracer);
    const secret = hubSecret(settings);
    const work = await openWork(settings, secret, { started, say });
    const { database, workflows, hospital, logger, log } = work;
    await applyConfiguration(database.db, work.configuration);
    const clients = new Map(
      createSubgraphs(database, workflows, work.configuration).map((subgraph) => [
        subgraph.name,
        inProcess(subgraph, watch),
      ]),
    );
    const client = (name: string): LocalClient => {
      const found = clients.get(name);
      if (found === undefined) throw new Error(`The supergraph names an unknown subgraph: ${name}`);
      return found;
    };
    const tokens = settings.demo ? await openTokens(join(keys, 'issuer.pem')) : closedIssuer;
    say('Building the console');
    const routes = [
      ...consoleRoutes(await buildConsole()),
      ...(settings.demo ? [personaRoute(tokens)] : []),
      runbookRoute(join(configurationOf(settings), 'runbooks')),
      ...inboundRoutes(secret, inbounds(workflows)),
    ];
    const { port, host, production } = settings;
    const supergraphSdl = composeSupergraph((name) => `http://${name}.subgraph`);
    const gateway = started.add(
      await openGateway({
        operationsDir: operationsOf(settings),
        ...{ port, host, production, secret, routes, tokens, log, logger, watch },
        ...{ supergraphSdl, client, events: client('events'), subscriptionFields },
      }),
      (open) => open.stop(),
    );
    workflows.startFeeds();
    await work.durable.launch();
    hospital?.begin();
    return { url: new URL(gateway.url).origin, tokens, database, hospital, stop: started.stop };
  } catch (error) {
    await started.stop();
    throw error;
  }
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** `npm start`: until Ctrl-C, or SIGTERM from whoever runs us. */
const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return print(help());
  const startedAt = performance.now();
  const settings = readSettings(process.env);
  const hub = await startHub(settings, (line) => print(`  ${line} …`));
  print(await welcome(hub, settings, performance.now() - startedAt));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    print('\nStopping …');
    await hub.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
};

if (import.meta.main)
  main().catch((error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });

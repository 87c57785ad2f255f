import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEngine, type Engine } from '../execution/engine.ts';
import { operationsIn } from './operations-in.ts';
import { type Manifest, type RegisteredOperation, readManifest } from './safelist.ts';

const help = `Registers what a client runs, so that it may run in production.

  npm run operations -- register [--client NAME] [--folder DIR] [--supergraph FILE] FILE...

  FILE          GraphQL documents with named operations, or manifests as Apollo's tools write them
  --client      the client's id, as it stands in its token (default: console)
  --folder      where the manifests of clients are kept (default: schema/operations)
  --supergraph  each operation is validated and planned on it (default: schema/supergraph.graphql)

Operations stay registered until their lines are deleted: clients in the field go on sending old ones.
`;

interface Request {
  readonly client: string;
  readonly folder: string;
  readonly supergraph: string;
  readonly files: readonly string[];
}

/** Null when the help is asked for. Throws for what is no command. */
const readRequest = (args: readonly string[]): Request | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      client: { type: 'string', default: 'console' },
      folder: { type: 'string', default: 'schema/operations' },
      supergraph: { type: 'string', default: 'schema/supergraph.graphql' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...files] = positionals;
  if (values.help || args.length === 0) return null;
  if (command !== 'register' || files.length === 0)
    throw new Error('The command is: register FILE... See --help.');
  return { ...values, files };
};

const nowhere = (name: string): never => {
  throw new Error(`Nothing is sent to "${name}" while operations are registered.`);
};

const planner = async (file: string): Promise<Engine> =>
  createEngine({
    supergraphSdl: await readFile(file, 'utf8'),
    client: (name) => ({ name, send: () => nowhere(name), close: () => Promise.resolve() }),
  });

/** Throws with the name of the operation that cannot run. */
const check = async (engine: Engine, operations: readonly RegisteredOperation[]): Promise<void> => {
  for (const { name, body } of operations)
    try {
      await engine.prepare(body);
    } catch (error) {
      throw new Error(`"${name}" cannot run: ${(error as Error).message}`, { cause: error });
    }
};

const known = async (file: string): Promise<readonly RegisteredOperation[]> => {
  try {
    return readManifest(await readFile(file, 'utf8'), file).operations;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const manifestOf = (client: string, operations: readonly RegisteredOperation[]): Manifest => {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const sorted = [...byId.values()].sort(
    (a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  );
  return { format: 'apollo-persisted-query-manifest', version: 1, client, operations: sorted };
};

/** Adds the operations to the client's manifest. Resolves with what to say. */
const register = async ({ client, folder, supergraph, files }: Request): Promise<string> => {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const added = texts.flatMap((text, at) => operationsIn(text, files[at] ?? ''));
  const engine = await planner(supergraph);
  await check(engine, added).finally(() => engine.close());
  const file = join(folder, `${client.replaceAll(/[^\w.-]/g, '_')}.json`);
  const before = await known(file);
  const manifest = manifestOf(client, [...before, ...added]);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  const fresh = manifest.operations.length - before.length;
  return `${fresh} new, ${added.length - fresh} known before: ${file}\n`;
};

const run = async (): Promise<void> => {
  const request = readRequest(process.argv.slice(2));
  if (request) process.stdout.write(await register(request));
  else process.stdout.write(help);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

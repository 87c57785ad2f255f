import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operationHash } from './operation-hash.ts';

/** One operation that a client has registered. */
export interface RegisteredOperation {
  readonly id: string;
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly body: string;
}

/** What a client runs, as a file: Apollo's persisted query manifest plus the name of the client. */
export interface Manifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly client: string;
  readonly operations: readonly RegisteredOperation[];
}

/** The operations that clients have registered. */
export interface Safelist {
  /** The text of an operation that this client registered; null for any other. A null client may run all of them. */
  readonly find: (id: string, client: string | null) => string | null;
  readonly operations: readonly RegisteredOperation[];
}

const parsed = (text: string, file: string): Manifest | null => {
  try {
    return JSON.parse(text) as Manifest | null;
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
};

/** Checks what a manifest promises; the error names the file. */
export const readManifest = (text: string, file: string): Manifest => {
  const manifest = parsed(text, file);
  if (manifest?.format !== 'apollo-persisted-query-manifest' || !Array.isArray(manifest.operations))
    throw new Error(`${file} is no manifest of persisted operations.`);
  for (const { id, name, body } of manifest.operations)
    if (operationHash(body) !== id)
      throw new Error(`${file}: the id of "${name}" is not the SHA-256 of its text.`);
  return manifest;
};

/** A safelist of manifests. */
const safelistOf = (manifests: readonly Manifest[]): Safelist => {
  const byId = new Map<string, { body: string; clients: Set<string> }>();
  for (const { client, operations } of manifests)
    for (const { id, body } of operations) {
      const known = byId.get(id) ?? { body, clients: new Set() };
      known.clients.add(client);
      byId.set(id, known);
    }
  return {
    find: (id, client) => {
      const known = byId.get(id);
      if (!known) return null;
      return client === null || known.clients.has(client) ? known.body : null;
    },
    operations: manifests.flatMap(({ operations }) => operations),
  };
};

/** Reads every `.json` manifest of a folder. Rejects when one of them does not hold what it promises. */
export const loadSafelist = async (folder: string): Promise<Safelist> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const read = async (file: string): Promise<Manifest> =>
    readManifest(await readFile(join(folder, file), 'utf8'), file);
  return safelistOf(await Promise.all(files.map(read)));
};

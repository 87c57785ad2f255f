import { rm } from 'node:fs/promises';
import { testServer } from './test-server.ts';

// biome-ignore lint/style/noDefaultExport: jest calls the default export.
export default async function globalTeardown(): Promise<void> {
  await testServer.running?.stop();
  if (testServer.dir !== undefined) await rm(testServer.dir, { recursive: true, force: true });
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));

const sources = (): readonly string[] => [
  join(here, '../package-lock.json'),
  ...readdirSync(join(here, '../client')).map((file) => join(here, '../client', file)),
  ...['index.html', 'explorer.html', 'vite.config.ts'].map((file) => join(here, file)),
  ...readdirSync(join(here, 'src')).map((file) => join(here, 'src', file)),
];

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of sources()) hash.update(file.slice(here.length)).update(readFileSync(file));
  return hash.digest('hex');
};

/**
 * Builds the console when its sources changed since the last time; a few seconds then, nothing otherwise. Answers the folder
 * of the built files. A process of its own does it, so that the hub's memory stays small.
 */
export const buildConsole = async (): Promise<string> => {
  const folder = join(here, 'dist');
  const stamp = join(folder, 'fingerprint');
  const current = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return folder;
  const vite = fileURLToPath(import.meta.resolve('vite')).replace(/dist[\\/].*$/, 'bin/vite.js');
  await promisify(execFile)(process.execPath, [
    vite,
    'build',
    '--config',
    join(here, 'vite.config.ts'),
    // Node reads the TypeScript itself; nothing is written into node_modules, which may not be ours.
    '--configLoader',
    'native',
  ]);
  writeFileSync(stamp, current);
  return folder;
};

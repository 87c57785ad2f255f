import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./peers', import.meta.url));

/** Installs the gateways that we compare with, exactly as locked, unless they are there. False when that did not work. */
export const installPeers = async (say: (line: string) => void): Promise<boolean> => {
  if (existsSync(`${folder}/node_modules/graphql`)) return true;
  say('Installing the peers (npm ci, once) …');
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  if (code !== 0) say(`npm ci ended with ${code}: going on without the peers.`);
  return code === 0;
};

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/** The secret that processes of one hub share; made once when nobody sets it. */
export const hubSecret = ({ secret, dataDir }: Settings): string => {
  if (secret !== null) return secret;
  const file = join(dataDir, 'keys/secret');
  if (!existsSync(file)) {
    mkdirSync(join(dataDir, 'keys'), { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
};

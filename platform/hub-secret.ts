import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { madeOnce } from './made-once.ts';
import type { Settings } from './settings.ts';

/** The secret that processes of one hub share; made once when nobody sets it. */
export const hubSecret = ({ secret, dataDir }: Settings): string =>
  secret ?? madeOnce(join(dataDir, 'keys/secret'), () => randomBytes(32).toString('hex'));

import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

/**
 * The text of a file that is made when there is none, readable for its owner alone. Of several processes that start together
 * the first makes it, and all get the same, whole: a half-written key would stop them, a second one would set them apart.
 */
export const madeOnce = (file: string, make: () => string): string => {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, make(), { mode: 0o600 });
    try {
      // Unlike a renaming, this fails where another process was first.
      linkSync(draft, file);
    } catch (error) {
      if (!isTaken(error)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
};

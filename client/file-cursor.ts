import { readFile, rename, writeFile } from 'node:fs/promises';
import type { CursorStore } from './cursor-store.ts';

/** Keeps the place in a file. A crash while it is written leaves the place before. */
export const fileCursor = (path: string): CursorStore => ({
  read: async () => {
    try {
      return (await readFile(path, 'utf8')) || null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  write: async (cursor) => {
    await writeFile(`${path}.new`, cursor);
    await rename(`${path}.new`, path);
  },
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from './route.ts';

const prefix = '/runbooks/';

/** `GET /runbooks/<kind>`: the steps to mend one kind of trouble, from the configuration's folder, as the text that it is. */
export const runbookRoute = (folder: string): Route => ({
  matches: (request, path) => request.method === 'GET' && path.startsWith(prefix),
  handle: async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://hub').pathname.slice(prefix.length);
    const text = /^[a-z-]+$/.test(name)
      ? await readFile(join(folder, `${name}.md`), 'utf8').catch(() => null)
      : null;
    response.writeHead(text === null ? 404 : 200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(text ?? 'There is no such runbook in the configuration.\n');
  },
});

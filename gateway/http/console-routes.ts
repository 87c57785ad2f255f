import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { Route } from './route.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** Only our own files run and only this hub is spoken to; the explorer's editor needs inline styles. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-ancestors 'none'";

const sendFile = (response: ServerResponse, file: string, cached: boolean): void => {
  if (!(existsSync(file) && statSync(file).isFile())) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is no such page. The console is at /, the explorer at /graphql.\n');
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': cached ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  });
  createReadStream(file).pipe(response);
};

const wantsHtml = (accept: string | undefined): boolean => /\btext\/html\b/.test(accept ?? '');

/**
 * The console's built files: the first page at `/`, the explorer at `/graphql` for browsers, everything else below
 * `/console/`. File names there carry their content's hash, so browsers may keep them.
 */
export const consoleRoutes = (folder: string): readonly Route[] => [
  {
    matches: (request, path) => request.method === 'GET' && path === '/',
    handle: (_, response) => sendFile(response, join(folder, 'index.html'), false),
  },
  {
    matches: (request, path) =>
      request.method === 'GET' && path === '/graphql' && wantsHtml(request.headers.accept),
    handle: (_, response) => sendFile(response, join(folder, 'explorer.html'), false),
  },
  {
    matches: (request, path) => request.method === 'GET' && path.startsWith('/console/'),
    handle: (request, response) => {
      const path = new URL(request.url ?? '/', 'http://hub').pathname.slice('/console'.length);
      sendFile(response, join(folder, normalize(decodeURIComponent(path))), true);
    },
  },
];

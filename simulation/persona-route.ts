import type { Route } from '../gateway/http/route.ts';
import type { Tokens } from '../platform/tokens.ts';
import { personas } from './personas.ts';

/** In demo mode only: the personas with their tokens, for the console's menu. */
export const personaRoute = (tokens: Tokens): Route => ({
  matches: (request, path) => request.method === 'GET' && path === '/demo/personas',
  handle: async (_, response) => {
    const list = await Promise.all(
      Object.entries(personas).map(async ([key, { name, roles, ...rest }]) => ({
        key,
        name,
        roles,
        token: await tokens.issue({ name, roles, ...rest }),
      })),
    );
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(list));
  },
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { applyConfiguration } from '../config/apply-configuration.ts';
import { openWork } from '../hub.ts';
import { type RoleSettings, runRole } from './role.ts';

const help = `npm run worker runs the hub's work: it reads the outside systems and runs the workflows. There may be several.

  DATABASE_URL   the PostgreSQL that all processes of the hub share (required)
  HUB_SECRET     at least 32 characters, the same in all processes of the hub (required)
  PORT, HOST     where /health answers (4100 and 127.0.0.1 unless told)
  CONFIG         the folder with the configuration of the connected systems, which it brings into the database

On a new database it is to be started first.
All settings: npm start -- --help`;

/** Answers /health and nothing else. Rejects when the port is taken. */
const serveHealth = async ({ host, port }: RoleSettings) => {
  const server = createServer((request, response) => {
    const known = request.url === '/health';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ status: known ? 'ok' : 'Only /health is here.' }));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
};

runRole({
  help,
  port: 4100,
  start: async ({ settings, started }) => {
    const context = { started, say: () => undefined };
    const work = await openWork(settings, settings.secret, context);
    await applyConfiguration(work.database.db, work.configuration);
    work.workflows.startFeeds();
    await work.durable.launch();
    started.add(await serveHealth(settings), (server) => {
      server.close();
      server.closeAllConnections();
    });
    return `The worker is ready; http://${settings.host}:${settings.port}/health says so`;
  },
});

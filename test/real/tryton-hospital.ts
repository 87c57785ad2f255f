import type { ErpUnderTest } from '../contract/erp-subject.ts';
import { connect, sample } from '../contract/tryton-hospital.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { trytonControl } from './tryton-control.ts';
import { trytonRpc } from './tryton-rpc.ts';

/** Where main.ts has started the server and entered its masters. */
export const serverUrl = (): string => {
  const url = process.env['TRYTON_URL'];
  if (url === undefined) throw new Error('Run these tests with: npm run test:real');
  return url;
};

const isWrite = (body: string): boolean =>
  /"method":"model\.[a-z_.]+\.(create|write|delete|quote|confirm|process|cancel)"/.test(body);

/** The real server behind a line that can fail, and the connector to it. */
export const startRealTryton = async (): Promise<ErpUnderTest> => {
  const proxy = await startFaultProxy(serverUrl(), isWrite);
  const control = trytonControl(await trytonRpc(serverUrl()));
  // On SQLite, Tryton gives the same number to orders that are quoted at once; on PostgreSQL it does not. One at a time, then.
  const erp = connect(proxy.url, { connections: 1 });
  return {
    erp,
    sample,
    ...control,
    faults: proxy.faults,
    close: async () => {
      await erp.close();
      await proxy.close();
    },
  };
};

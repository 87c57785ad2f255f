import { afterAll, beforeAll, describe } from '@jest/globals';
import { erpContract } from '../contract/erp-port.ts';
import { type ErpUnderTest, erpStage } from '../contract/erp-subject.ts';
import { type TrytonWindow, trytonContract } from '../contract/tryton-own.ts';
import { serverUrl, startRealTryton } from './tryton-hospital.ts';
import { trytonRpc } from './tryton-rpc.ts';

erpContract('A real Tryton 6.0', startRealTryton);

describe('A real Tryton 6.0', () => {
  let started: { subject: ErpUnderTest; window: TrytonWindow } | undefined;
  const given = () => {
    if (started === undefined) throw new Error('The connection has not been made.');
    return started;
  };
  beforeAll(async () => {
    started = { subject: await startRealTryton(), window: await trytonRpc(serverUrl()) };
  });
  afterAll(() => started?.subject.close());

  trytonContract(
    erpStage(() => given().subject),
    () => given().window,
  );
});

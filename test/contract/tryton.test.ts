import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../connectors/tryton/sandbox.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import { erpContract } from './erp-port.ts';
import { erpStage, failureOf, within } from './erp-subject.ts';
import { connect, seed, startTryton } from './tryton-hospital.ts';
import { trytonContract } from './tryton-own.ts';

erpContract('Tryton', () => startTryton());

describe('Tryton', () => {
  let started: Awaited<ReturnType<typeof startTryton>> | undefined;
  const subject = () => {
    if (started === undefined) throw new Error('The stand-in has not been started.');
    return started;
  };
  beforeAll(async () => {
    started = await startTryton();
  });
  afterAll(() => started?.close());

  trytonContract(erpStage(subject), () => ({
    call: async (method, ...params) => subject().sandbox.run(method, [...params, {}]),
  }));

  test('a session that the server has forgotten is renewed without anyone noticing', async () => {
    const { erp, sandbox } = subject();
    const before = await erp.costCenters.all(within(5_000));
    sandbox.endSessions();
    expect(await erp.costCenters.all(within(5_000))).toEqual(before);
  });

  test('a wrong password is refused as such, and is not in the message', async () => {
    const { sandbox } = subject();
    const stranger = connect(sandbox.url, { password: 'not-it' });
    const failure = await failureOf(stranger.costCenters.all(within(5_000)));
    await stranger.close();
    expect(failure).toBeInstanceOf(SystemRefused);
    expect(failure).toMatchObject({ kind: 'auth' });
    expect(String(failure)).not.toContain('not-it');
  });

  test('the stand-in keeps its books when its process starts again', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'syncline-tryton-books-'));
    const file = join(dir, 'books.db');
    const first = await startTryton({ file });
    const stage = erpStage(() => first);
    const placed = await stage.place(stage.newOrder());
    await first.close();
    const again = await startSandbox({ file });
    again.seed(seed);
    expect(again.ledger().map(({ number }) => number)).toEqual([placed.number]);
    await again.close();
    rmSync(dir, { recursive: true });
  });
});

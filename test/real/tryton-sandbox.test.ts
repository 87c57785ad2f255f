import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../connectors/tryton/sandbox.ts';
import { seed } from '../contract/tryton-hospital.ts';
import { serverUrl } from './tryton-hospital.ts';
import { type Findings, probe } from './tryton-probes.ts';
import { trytonRpc } from './tryton-rpc.ts';

describe('our stand-in for Tryton', () => {
  let sandbox: Sandbox | undefined;
  const findings: { real: Findings; ours: Findings } = { real: {}, ours: {} };

  beforeAll(async () => {
    sandbox = await startSandbox();
    sandbox.seed(seed);
    findings.real = await probe(await trytonRpc(serverUrl()));
    findings.ours = await probe(await trytonRpc(sandbox.url));
  }, 120_000);
  afterAll(() => sandbox?.close());

  test('asks the real server more than two dozen things', () => {
    expect(Object.keys(findings.real).length).toBeGreaterThan(24);
  });

  test('answers all of them as the real server does', () => {
    expect(findings.ours).toEqual(findings.real);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fhirR4 } from '../../connectors/fhir-r4/connector.ts';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../connectors/fhir-r4/sandbox.ts';

const fixture = async (name: string) =>
  JSON.parse(await readFile(new URL(`../fixtures/fhir-r4/${name}`, import.meta.url), 'utf8'));
const hl7 = await fixture('supplyrequest-example-simpleorder.json');
const device = await fixture('device-example.json');
const call = { signal: AbortSignal.timeout(120_000) };

let sandbox: Sandbox;
let wards: ReturnType<typeof fhirR4>;

const open = async (options: SandboxOptions = {}, pageSize = 100): Promise<void> => {
  sandbox = await startSandbox(options);
  wards = fhirR4({ name: 'wards', baseUrl: sandbox.url, pageSize, timeoutMs: 2000 });
};
const close = async (): Promise<void> => {
  await wards.close();
  await sandbox.close();
};
beforeEach(() => open());
afterEach(close);

const store = async (resource: object): Promise<{ id: string }> => {
  const { id, resourceType } = resource as { id?: string; resourceType: string };
  const response = await fetch(`${sandbox.url}/${resourceType}${id ? `/${id}` : ''}`, {
    method: id ? 'PUT' : 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as { id: string };
};
const { id: _, ...wish } = hl7;
const held = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await sandbox.resources('SupplyRequest')).find((each) => each['id'] === id);
const summaryOf = async (id: string): Promise<string> =>
  JSON.stringify((await held(id))?.['extension']);

describe('requests', () => {
  test("finds HL7's own example, and then only what is new", async () => {
    await sandbox.seed([hl7]);
    const first = await wards.supplyRequests.changedSince(null, call);
    expect(first.records).toMatchObject([{ kind: 'REQUEST', localId: 'simpleorder' }]);
    const { id } = await store(wish);
    const second = await wards.supplyRequests.changedSince(first.cursor, call);
    const versions = new Set(
      [...first.records, ...second.records].map((each) => `${each.localId}/${each.versionId}`),
    );
    // The overlap brings the first again, as the same version.
    expect(second.records.map((each) => each.localId)).toContain(id);
    expect(versions.size).toBe(2);
  });

  test('an unusable document comes with its problems and holds nothing up', async () => {
    await store({ ...wish, quantity: undefined });
    await store(wish);
    const { records } = await wards.supplyRequests.changedSince(null, call);
    expect(records.map((each) => each.kind).sort()).toEqual(['REQUEST', 'UNUSABLE']);
  });

  test('reads every page, behind a proxy that writes wrong links, while requests change', async () => {
    await close();
    await open({ linkOrigin: 'http://inside.example:8080' }, 7);
    const ids = [];
    for (let n = 0; n < 40; n += 1) ids.push((await store(wish)).id);
    const polling = wards.supplyRequests.changedSince(null, call);
    for (const id of ids.slice(0, 10)) await store({ ...wish, id, priority: 'stat' });
    const first = await polling;
    const second = await wards.supplyRequests.changedSince(first.cursor, call);
    const found = new Set([...first.records, ...second.records].map((each) => each.localId));
    expect(found).toEqual(new Set(ids));
  });

  test('more requests within one instant than a page holds are all found', async () => {
    await close();
    await open({}, 3);
    await Promise.all(Array.from({ length: 20 }, () => store(wish)));
    const { records } = await wards.supplyRequests.changedSince(null, call);
    expect(records).toHaveLength(20);
  });

  test('requests outlive the server process', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'fhir-'));
    await close();
    await open({ file: join(dir, 'fhir.db') });
    const { id } = await store(wish);
    const before = await held(id);
    await close();
    await open({ file: join(dir, 'fhir.db') });
    expect(await held(id)).toEqual(before);
    await rm(dir, { recursive: true });
  });
});

describe('reports', () => {
  const report = (localId: string, sequence: number, change = {}) =>
    wards.supplyRequests.report(
      { localId, status: 'active', summary: `news ${sequence}`, sequence, ...change },
      call,
    );

  test('the status and the summary stand in the request, the rest stays', async () => {
    const { id } = await store(wish);
    await report(id, 7, { status: 'completed' });
    expect(await held(id)).toMatchObject({ ...wish, status: 'completed' });
    expect(await summaryOf(id)).toContain('news 7');
  });

  test('an older report never overwrites a newer one', async () => {
    const { id } = await store(wish);
    await report(id, 7, { status: 'completed' });
    await report(id, 6);
    expect(await held(id)).toMatchObject({ status: 'completed' });
    expect(await summaryOf(id)).toContain('news 7');
  });

  test('reports at the same time end with the newest, and lose nothing of the ward', async () => {
    const { id } = await store(wish);
    await Promise.all([report(id, 1), report(id, 2), report(id, 3)]);
    expect(await summaryOf(id)).toContain('news 3');
    expect(await held(id)).toMatchObject(wish);
  });

  test('our own report does not come back as a request, a change by the ward does', async () => {
    const { id } = await store(wish);
    await report(id, 1);
    expect((await wards.supplyRequests.changedSince(null, call)).records).toEqual([]);
    await store({ ...(await held(id)), resourceType: 'SupplyRequest', priority: 'stat' });
    expect((await wards.supplyRequests.changedSince(null, call)).records).toMatchObject([
      { localId: id, priority: 'stat' },
    ]);
  });

  test('what the ward cancelled stays cancelled', async () => {
    const { id } = await store({ ...wish, status: 'cancelled' });
    await report(id, 1);
    expect(await held(id)).toMatchObject({ status: 'cancelled' });
  });

  test('is written once although the answer was lost', async () => {
    const { id } = await store(wish);
    sandbox.faults({ kind: 'commit-and-drop', rate: 1, seed: 1, onlyWrites: true });
    await expect(report(id, 1)).rejects.toMatchObject({ system: 'wards', retryable: true });
    sandbox.faults(null);
    await report(id, 1);
    expect((await held(id))?.['extension']).toHaveLength(1);
  });

  test('a request that is gone is refused, not retried', async () => {
    await expect(report('nobody', 1)).rejects.toMatchObject({
      name: 'SystemRefused',
      retryable: false,
    });
  });
});

test('a delivery told twice, or with a lost answer, is one delivery', async () => {
  const delivery = {
    reference: 'receipt-1/request-1',
    supplyRequestLocalId: 'simpleorder',
    status: 'completed',
    quantity: { value: '6', unit: 'EA' },
    occurredAt: '2026-11-23T08:00:00.000Z',
  } as const;
  sandbox.faults({ kind: 'commit-and-drop', rate: 1, seed: 1, onlyWrites: true });
  await expect(wards.supplyRequests.reportDelivery(delivery, call)).rejects.toMatchObject({
    retryable: true,
  });
  sandbox.faults(null);
  await wards.supplyRequests.reportDelivery(delivery, call);
  await wards.supplyRequests.reportDelivery(delivery, call);
  expect(await sandbox.resources('SupplyDelivery')).toMatchObject([
    {
      status: 'completed',
      suppliedItem: { quantity: { value: 6 } },
      basedOn: [{ reference: 'SupplyRequest/simpleorder' }],
    },
  ]);
});

test('equipment comes from devices, without the patient who wears one', async () => {
  await sandbox.seed([
    device,
    {
      resourceType: 'Device',
      id: 'pump-1',
      deviceName: [{ name: 'Infusion pump', type: 'user-friendly-name' }],
      manufacturer: 'Acme',
      serialNumber: 'S1',
      patient: { reference: 'Patient/7', display: 'Jane Doe' },
      location: { reference: 'Location/icu-1' },
      udiCarrier: [{ deviceIdentifier: '00844588003288' }],
    },
  ]);
  const { records } = await wards.equipment.changedSince(null, call);
  expect(records).toMatchObject([
    { localId: 'example', name: '345675' },
    {
      localId: 'pump-1',
      name: 'Infusion pump',
      manufacturer: 'Acme',
      serialNumber: 'S1',
      location: 'Location/icu-1',
      deviceIdentifier: '00844588003288',
    },
  ]);
  expect(JSON.stringify(records)).not.toContain('Doe');
});

describe('failures', () => {
  test.each([
    ['a 503', { kind: 'unavailable' } as const],
    ['a 429', { kind: 'throttle' } as const],
    ["a proxy's page with status 200", { kind: 'error-body' } as const],
    ['a lost answer', { kind: 'commit-and-drop' } as const],
    ['silence', { kind: 'hang' } as const],
  ])('%s may be tried again', async (_, fault) => {
    sandbox.faults({ ...fault, rate: 1, seed: 1 });
    await expect(wards.supplyRequests.changedSince(null, call)).rejects.toMatchObject({
      name: 'SystemUnavailable',
      system: 'wards',
      retryable: true,
    });
  });
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../config/configuration.ts';
import { startSandbox as startFhir } from '../connectors/fhir-r4/sandbox.ts';
import { startSandbox as startS4 } from '../connectors/sap-s4/sandbox.ts';
import { startSandbox as startTryton } from '../connectors/tryton/sandbox.ts';
import { startSandbox as startSupplier } from '../connectors/x12/sandbox.ts';
import { freePort } from '../platform/free-port.ts';
import { basketOf, hl7Wish, storeResource, toSupplyRequest, unlistedWish } from './ward.ts';
import { runWarehouse } from './warehouse.ts';
import { erpSeed } from './world.ts';

/** Where the simulated systems are; also the environment that the demo configuration asks for. */
export interface HospitalAddresses {
  readonly S4_URL: string;
  readonly TRYTON_URL: string;
  readonly FHIR_URL: string;
  readonly X12_URL: string;
}

/** How the simulated hospital behaves. */
export interface HospitalOptions {
  /** Where its systems keep their books; they survive a restart. */
  readonly dir: string;
  /** Where suppliers send their answers: the hub's inbound address. */
  readonly callbackUrl: string;
  /** Milliseconds between two baskets; 0 for none after the first ones. */
  readonly paceMs: number;
  /** How many baskets the wards begin with. */
  readonly firstBaskets: number;
  readonly configuration: string;
}

type Ports = Readonly<Record<'fhir' | 's4' | 'supplier' | 'tryton', number>>;

/** The same ports at every start, so that addresses in the books stay right. */
const portsOf = async (dir: string): Promise<Ports> => {
  const file = join(dir, 'ports.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ports;
  const ports: Ports = {
    fhir: await freePort(),
    s4: await freePort(),
    supplier: await freePort(),
    tryton: await freePort(),
  };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
};

const askForGoods = async (
  fhirUrl: string,
  places: readonly string[],
  options: HospitalOptions,
) => {
  const marker = join(options.dir, 'baskets');
  let next = existsSync(marker) ? Number(readFileSync(marker, 'utf8')) : 0;
  const ask = async (): Promise<void> => {
    for (const wish of basketOf(next, places))
      await storeResource(fhirUrl, toSupplyRequest(wish, new Date()));
    next += 1;
    writeFileSync(marker, String(next));
  };
  if (next === 0) {
    await storeResource(fhirUrl, hl7Wish());
    await storeResource(fhirUrl, toSupplyRequest(unlistedWish(places), new Date()));
  }
  while (next < options.firstBaskets) await ask();
  if (options.paceMs > 0) setInterval(() => void ask(), options.paceMs);
};

/** Starts every system of the simulated hospital on the loopback and lets its people work. */
export const startHospital = async (
  options: HospitalOptions,
): Promise<{ addresses: HospitalAddresses; begin: () => Promise<void> }> => {
  mkdirSync(options.dir, { recursive: true });
  const ports = await portsOf(options.dir);
  const file = (name: string): string => join(options.dir, `${name}.db`);
  const s4 = await startS4({
    port: ports.s4,
    file: file('s4'),
    user: 'SYNCLINE',
    password: 'demo',
  });
  const tryton = await startTryton({ port: ports.tryton, file: file('tryton') });
  const fhir = await startFhir({ port: ports.fhir, file: file('fhir') });
  const supplier = await startSupplier({
    port: ports.supplier,
    file: file('supplier'),
    callbackUrl: options.callbackUrl,
    respond: { acknowledgeAfterMs: 1500, shipAfterMs: 3000, shipFraction: 1 },
  });
  const addresses: HospitalAddresses = {
    S4_URL: s4.url,
    TRYTON_URL: tryton.url,
    FHIR_URL: fhir.url,
    X12_URL: supplier.url,
  };
  const { facilities } = readConfiguration(options.configuration, { ...process.env, ...addresses });
  s4.seed(erpSeed('s4', facilities));
  tryton.seed(erpSeed('tryton', facilities));
  const places = facilities.flatMap((facility) =>
    facility.departments.flatMap((department) => department.places.slice(0, 1)),
  );
  return {
    addresses,
    begin: async () => {
      runWarehouse([s4, tryton], supplier, join(options.dir, 'booked.json'));
      await askForGoods(fhir.url, places, options);
    },
  };
};

// As a process of its own: tells its parent the addresses, and ends with it, however the parent ends.
if (import.meta.main && process.send !== undefined) {
  const options = JSON.parse(process.argv[2] ?? '{}') as HospitalOptions;
  const hospital = await startHospital(options);
  process.send({ addresses: hospital.addresses });
  process.on('message', () => void hospital.begin());
  process.on('disconnect', () => process.exit(0));
}

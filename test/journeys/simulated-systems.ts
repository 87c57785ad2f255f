import { readConfiguration } from '../../config/configuration.ts';
import { startSandbox as startFhir } from '../../connectors/fhir-r4/sandbox.ts';
import { startSandbox as startS4 } from '../../connectors/sap-s4/sandbox.ts';
import { startSandbox as startTryton } from '../../connectors/tryton/sandbox.ts';
import { startSandbox as startSupplier } from '../../connectors/x12/sandbox.ts';
import { erpSeed } from '../../simulation/world.ts';

/** The outside systems of the demo, in the test's own process: they live on when the hub is killed. Each answer may be made to take longer. */
export const startSystems = async (callbackUrl = 'http://127.0.0.1:1/', latencyMs = 0) => {
  const s4 = await startS4({ user: 'SYNCLINE', password: 'demo', latencyMs });
  const tryton = await startTryton({ latencyMs });
  const fhir = await startFhir({ latencyMs });
  const supplier = await startSupplier({ callbackUrl, latencyMs });
  const env = {
    S4_URL: s4.url,
    TRYTON_URL: tryton.url,
    FHIR_URL: fhir.url,
    X12_URL: supplier.url,
    SIMULATION: '0',
  };
  const { facilities } = readConfiguration('config/demo', env);
  s4.seed(erpSeed('s4', facilities));
  tryton.seed(erpSeed('tryton', facilities));
  const places = facilities.flatMap(({ departments }) =>
    departments.flatMap(({ places: names }) => names.slice(0, 1)),
  );
  return {
    ...{ s4, tryton, fhir, supplier, env, places },
    close: async () => {
      for (const system of [s4, tryton, fhir, supplier]) await system.close();
    },
  };
};

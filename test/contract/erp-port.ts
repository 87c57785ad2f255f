import { afterAll, beforeAll, describe } from '@jest/globals';
import { documentsContract } from './erp-documents.ts';
import { faultsContract } from './erp-faults.ts';
import { mastersContract } from './erp-masters.ts';
import { placingContract } from './erp-placing.ts';
import { type ErpUnderTest, erpStage } from './erp-subject.ts';

/** What every ERP connector promises, run unchanged on each of them, stand-in or real. A source that cannot be told to fail leaves the faults out. */
export const erpContract = (
  name: string,
  start: () => Promise<ErpUnderTest>,
  { withFaults = true }: { withFaults?: boolean } = {},
): void => {
  describe(`${name} as an ERP`, () => {
    let started: ErpUnderTest | undefined;
    const subject = (): ErpUnderTest => {
      if (started === undefined) throw new Error(`${name} has not been started.`);
      return started;
    };
    beforeAll(async () => {
      started = await start();
    }, 120_000);
    afterAll(() => started?.close());

    const stage = erpStage(subject);
    mastersContract(stage);
    placingContract(stage);
    if (withFaults) faultsContract(stage);
    documentsContract(stage);
  });
};

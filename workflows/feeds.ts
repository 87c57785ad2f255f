import type { Transaction } from '../platform/durable.ts';
import type { HubParts } from './hub-parts.ts';
import type { Masters } from './masters.ts';
import { type Feed, readFeed } from './read-feed.ts';
import { SeenRecords } from './seen-records.ts';
import type { ClinicalDocument, SupplyRequestIntake } from './supply-request.ts';
import type { ConnectedClinical, ConnectedErp } from './systems.ts';
import { takeEquipment } from './take-equipment.ts';
import type { takeInvoice } from './take-invoice.ts';
import type { takeOrder } from './take-order.ts';
import type { takeReceipt } from './take-receipt.ts';
import { takeStock } from './take-stock.ts';

/** How the records of each feed are taken in. */
export interface Takers {
  readonly intake: SupplyRequestIntake;
  readonly masters: Masters;
  readonly order: (
    tx: Transaction,
    told: Parameters<typeof takeOrder>[1],
  ) => ReturnType<typeof takeOrder>;
  readonly receipt: (
    tx: Transaction,
    told: Parameters<typeof takeReceipt>[1],
  ) => ReturnType<typeof takeReceipt>;
  readonly invoice: (
    tx: Transaction,
    told: Parameters<typeof takeInvoice>[1],
  ) => ReturnType<typeof takeInvoice>;
}

/** One record that cannot be taken must not hold the others up; the cursor stays, so that it comes again. */
const eachAlone = async <T>(
  records: readonly T[],
  take: (record: T) => Promise<void>,
): Promise<void> => {
  const failures: unknown[] = [];
  for (const record of records)
    await take(record).catch((error: unknown) => {
      failures.push(error);
    });
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${records.length} were not taken.`);
};

const pollClinical = (
  parts: HubParts,
  clinical: ConnectedClinical,
  { takers, seen }: { takers: Takers; seen: SeenRecords },
): void => {
  const { name: system } = clinical;
  parts.durable.every(`requests of ${system}`, parts.policy.feeds.clinicalMs, async (signal) => {
    await takers.masters.ensure(signal);
    const feed: Feed<ClinicalDocument> = {
      system,
      name: 'supply-requests',
      read: (cursor) => clinical.supplyRequests.changedSince(cursor, { signal }),
      take: (documents) => takers.intake.take(system, documents),
    };
    await readFeed(parts.database, feed, seen);
  });
  parts.durable.every(`equipment of ${system}`, parts.policy.feeds.mastersMs, (signal) =>
    readFeed(
      parts.database,
      {
        system,
        name: 'equipment',
        read: (cursor) => clinical.equipment.changedSince(cursor, { signal }),
        take: (devices) => takeEquipment(parts, system, devices),
      },
      seen,
    ),
  );
};

const pollDocuments = (
  parts: HubParts,
  erp: ConnectedErp,
  { takers, seen }: { takers: Takers; seen: SeenRecords },
): void => {
  const { name: system } = erp;
  const { durable, database } = parts;
  parts.durable.every(`documents of ${system}`, parts.policy.feeds.ordersMs, async (signal) => {
    const call = { signal };
    const shared = { system };
    await readFeed(
      database,
      {
        ...shared,
        name: 'orders',
        read: (cursor) => erp.purchaseOrders.changedSince(cursor, call),
        take: (records) =>
          eachAlone(records, (order) =>
            durable.transact((tx) => takers.order(tx, { system, order })),
          ),
      },
      seen,
    );
    await readFeed(
      database,
      {
        ...shared,
        name: 'receipts',
        read: (cursor) => erp.receipts.changedSince(cursor, call),
        take: (records) =>
          eachAlone(records, (receipt) =>
            durable.transact((tx) => takers.receipt(tx, { system, receipt })),
          ),
      },
      seen,
    );
    await readFeed(
      database,
      {
        ...shared,
        name: 'invoices',
        read: (cursor) => erp.invoices.changedSince(cursor, call),
        take: (records) =>
          eachAlone(records, (invoice) =>
            durable.transact((tx) => takers.invoice(tx, { system, invoice })),
          ),
      },
      seen,
    );
  });
};

/** Registers every poll of every connected system; before the durable layer is launched. */
export const registerFeeds = (parts: HubParts, takers: Takers): void => {
  const context = { takers, seen: new SeenRecords() };
  const { feeds } = parts.policy;
  for (const clinical of parts.systems.clinicals.values()) pollClinical(parts, clinical, context);
  for (const erp of parts.systems.erps.values()) {
    parts.durable.every(`masters of ${erp.name}`, feeds.mastersMs, (signal) =>
      takers.masters.sync(erp.name, signal),
    );
    pollDocuments(parts, erp, context);
    parts.durable.every(`stock of ${erp.name}`, feeds.stockMs, (signal) =>
      takeStock(parts, erp, { signal }),
    );
  }
};

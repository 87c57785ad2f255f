import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Durable } from '../platform/durable.ts';
import type { Logger } from '../platform/logger.ts';
import type { Budgets, LocalInvoice } from '../subgraphs/erp/ports.ts';
import type { Stewardship } from '../subgraphs/operations/ports.ts';
import type { Approvals, ItemSources, LocalReceipt } from '../subgraphs/procurement/ports.ts';
import { createApprovals } from './approvals.ts';
import { createBudgets } from './budgets.ts';
import { registerFeeds, type Takers } from './feeds.ts';
import type { HubParts } from './hub-parts.ts';
import type { HubPolicy } from './hub-policy.ts';
import { createItemSources } from './item-sources.ts';
import { createMasters, type Masters } from './masters.ts';
import { definePlaceOrder } from './place-order.ts';
import { createRelease, type Release } from './release-mappings.ts';
import { defineReportToWard } from './report-to-ward.ts';
import { defineSendOrder } from './send-order.ts';
import { createStewardship } from './stewardship.ts';
import { supplierDocumentIntake } from './supplier-document.ts';
import { supplyRequestIntake } from './supply-request.ts';
import type { Systems } from './systems.ts';
import { takeInvoice } from './take-invoice.ts';
import { takeOrder } from './take-order.ts';
import { takeReceipt } from './take-receipt.ts';
import { defineValidateRequisition } from './validate-requisition.ts';
import { createWaitingDocuments } from './waiting-documents.ts';
import { watchSystems } from './watch-systems.ts';

export type { HubPolicy } from './hub-policy.ts';

/** What the workflows offer to the rest of the hub. */
export interface HubWorkflows {
  readonly approvals: Approvals;
  readonly stewardship: Stewardship;
  readonly budgets: Budgets;
  readonly itemSources: ItemSources;
  /** One raw document that a clinical application pushed: kept and taken in, or kept and put before its owner. */
  readonly takeClinicalDocument: (
    system: string,
    raw: string,
  ) => Promise<{ accepted: boolean; problems: readonly string[] }>;
  /** One raw document of a supplier: kept, taken in, answered. */
  readonly takeSupplierDocument: (
    partner: string,
    raw: string,
  ) => Promise<{ functionalAcknowledgement: string | null; problems: readonly string[] }>;
  /** Registers the polls; before `durable.launch()` in a process that runs workflows. */
  readonly startFeeds: () => void;
}

/** What the workflows are made of. */
export interface WorkflowsOptions {
  readonly durable: Durable;
  readonly database: Database;
  readonly systems: Systems;
  readonly policy: HubPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a pushed document waits for masters that were never read, in milliseconds; then it parks and goes on by itself later. */
const firstReadMs = 5000;

const pushed =
  (
    parts: HubParts,
    { intake, masters }: Pick<Takers, 'intake' | 'masters'>,
  ): HubWorkflows['takeClinicalDocument'] =>
  async (system, raw) => {
    const clinical = parts.systems.clinicals.get(system);
    if (clinical === undefined)
      return {
        accepted: false,
        problems: [`No clinical application ${system} is connected.`],
      };
    const document = clinical.supplyRequests.read(raw);
    await masters.ensure(AbortSignal.timeout(firstReadMs));
    await intake.take(system, [document]);
    return document.kind === 'REQUEST'
      ? { accepted: true, problems: [] }
      : { accepted: false, problems: document.problems };
  };

/** Defines every workflow of the hub; before `durable.launch()`, and the same in every process that shares the database. */
export const defineWorkflows = (options: WorkflowsOptions): HubWorkflows => {
  const systems = watchSystems(options.systems, options.database, (err) =>
    options.logger.debug({ err }, 'the health of a system could not be written down'),
  );
  const parts: HubParts = { ...options, systems };
  const waiting = createWaitingDocuments();
  const budgets = createBudgets(parts);
  const reportToWard = defineReportToWard(parts);
  const sendOrder = defineSendOrder(parts);
  const placeOrder = definePlaceOrder(parts, { sendOrder, reportToWard, waiting });
  // Validation reads masters that were never read, and masters send validations on: one has to know the other by name first.
  const late: { masters?: Masters } = {};
  const masters: Masters = {
    sync: async (system, signal) => await late.masters?.sync(system, signal),
    ensure: async (signal) => await late.masters?.ensure(signal),
  };
  const validate = defineValidateRequisition(parts, { budgets, masters });
  const release: Release = createRelease(parts, { validate, waiting });
  late.masters = createMasters(parts, release);
  const intake = supplyRequestIntake(parts, validate);
  const context = { waiting, reportToWard, runbookBase: parts.policy.runbookBase };
  const takers: Takers = {
    intake,
    masters,
    order: (tx, told) => takeOrder(tx, told, reportToWard),
    receipt: (tx, told) => takeReceipt(tx, told, context),
    invoice: (tx, told) => takeInvoice(tx, told, context),
  };
  waiting.handle('Receipt', (tx, system, content) =>
    takers.receipt(tx, { system, receipt: content as LocalReceipt }),
  );
  waiting.handle('Invoice', (tx, system, content) =>
    takers.invoice(tx, { system, invoice: content as LocalInvoice }),
  );
  return {
    approvals: createApprovals(parts, { placeOrder, reportToWard }),
    stewardship: createStewardship(parts, release),
    budgets,
    itemSources: createItemSources(parts),
    takeClinicalDocument: pushed(parts, takers),
    takeSupplierDocument: supplierDocumentIntake(parts, reportToWard),
    startFeeds: () => registerFeeds(parts, takers),
  };
};

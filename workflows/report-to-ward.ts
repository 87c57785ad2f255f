import { Decimal } from 'decimal.js';
import { sql } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { DeliveryReport, SupplyRequestReport } from '../subgraphs/clinical/ports.ts';
import { type WardView, wardReport } from '../subgraphs/clinical/rules/ward-report.ts';
import type { HubParts } from './hub-parts.ts';
import { recordChange } from './record-change.ts';

/** The work that tells the ward where the requests behind a requisition stand. */
export type ReportInput = { readonly requisitionId: string };

type Told = {
  readonly id: string;
  readonly system: string;
  readonly report: SupplyRequestReport;
  readonly deliveries: readonly DeliveryReport[];
};

type RequestRow = {
  readonly id: string;
  readonly system: string;
  readonly localId: string;
  readonly requisitionLineNumber: number | null;
};

interface OrderLine extends WardView {
  readonly orderId: string;
  readonly lineNumber: number;
  readonly unit: string;
}

/** The order line that a requisition line became: orders keep the requisition's order among the lines of one supplier. */
const orderLineOf = async (
  tx: Transaction,
  requisitionId: string,
  lineNumber: number,
): Promise<OrderLine | null> => {
  const { rows } = await sql<OrderLine>`
    select o.id as order_id, l.line_number, l.unit, o.number, o.document_status, l.quantity as ordered,
      l.received_quantity as received, l.acknowledgement_status,
      coalesce(l.promised_date, o.promised_date)::text as promised_date,
      exists (select from hub.shipment_line s join hub.shipment h on h.id = s.shipment_id
        where h.purchase_order_id = o.id and s.order_line_number = l.line_number) as shipped
    from hub.purchase_order o
    join hub.purchase_order_line l on l.purchase_order_id = o.id
    join (
      select line_number, supplier_id,
        row_number() over (partition by supplier_id order by line_number) as place
      from hub.requisition_line where requisition_id = ${requisitionId}
    ) r on r.supplier_id = o.supplier_id and r.place = l.line_number
    where o.requisition_id = ${requisitionId} and r.line_number = ${lineNumber}`.execute(tx.db);
  return rows[0] ?? null;
};

const deliveriesOf = async (
  tx: Transaction,
  request: RequestRow,
  line: OrderLine,
): Promise<readonly DeliveryReport[]> => {
  const rows = await tx.db
    .selectFrom('hub.receipt as r')
    .innerJoin('hub.receiptLine as l', 'l.receiptId', 'r.id')
    .select(['r.id', 'r.receivedAt', 'l.quantity', 'l.unit'])
    .where('r.purchaseOrderId', '=', line.orderId)
    .where('l.orderLineNumber', '=', line.lineNumber)
    .orderBy('r.receivedAt')
    .execute();
  return rows
    .filter(({ quantity }) => new Decimal(quantity).greaterThan(0))
    .map((row) => ({
      reference: `${row.id}/${request.id}`,
      supplyRequestLocalId: request.localId,
      status: 'completed',
      quantity: { value: row.quantity, unit: row.unit },
      occurredAt: row.receivedAt.toISOString(),
    }));
};

const tell = async (tx: Transaction, { requisitionId }: ReportInput): Promise<readonly Told[]> => {
  const requisition = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', requisitionId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Taken under the row's lock, so a later picture always has the higher number.
  const { rows } = await sql<{ at: string }>`select hub.transaction_position() as at`.execute(
    tx.db,
  );
  const sequence = Number(rows[0]?.at ?? 0);
  const requests: RequestRow[] = await tx.db
    .selectFrom('hub.supplyRequest')
    .select(['id', 'system', 'localId', 'requisitionLineNumber'])
    .where('requisitionId', '=', requisitionId)
    .where('status', 'not in', ['cancelled', 'entered-in-error'])
    .orderBy('id')
    .execute();
  const told: Told[] = [];
  for (const request of requests) {
    const line = await orderLineOf(tx, requisitionId, request.requisitionLineNumber ?? 0);
    const report = { localId: request.localId, sequence, ...wardReport(requisition, line) };
    told.push({
      id: request.id,
      system: request.system,
      report,
      deliveries: line === null ? [] : await deliveriesOf(tx, request, line),
    });
  }
  return told;
};

const markTold = async (tx: Transaction, input: ReportInput, told: readonly Told[]) => {
  const requisition = await tx.db
    .selectFrom('hub.requisition')
    .select(['correlationId', 'facilityId', 'departmentId'])
    .where('id', '=', input.requisitionId)
    .executeTakeFirstOrThrow();
  for (const { id, system, report } of told)
    recordChange(
      tx,
      {
        type: 'SupplyRequestReported',
        documentType: 'SUPPLY_REQUEST',
        id,
        from: null,
        to: report.status,
        number: null,
        summary: `The ward was told by ${system}: ${report.summary}`,
        authority: 'the ward is told what becomes of its request',
      },
      {
        ...requisition,
        about: { supplyRequestId: id, requisitionId: input.requisitionId },
      },
    );
};

/** Tells the clinical application where each request stands and what was delivered; an older picture never overwrites a newer one. */
export const defineReportToWard = (parts: HubParts): Workflow<ReportInput> =>
  parts.durable.define('report-to-ward', async (steps, input: ReportInput) => {
    const told = await steps.commit('look', (tx) => tell(tx, input));
    for (const { system, report, deliveries } of told)
      await steps.call(
        `report ${report.localId}`,
        async (_, signal) => {
          const clinical = parts.systems.clinicals.get(system);
          if (clinical === undefined) throw new Error(`${system} is not connected.`);
          await clinical.supplyRequests.report(report, { signal });
          for (const delivery of deliveries)
            await clinical.supplyRequests.reportDelivery(delivery, { signal });
          return null;
        },
        { system },
      );
    await steps.commit('mark it told', (tx) => markTold(tx, input, told));
  });

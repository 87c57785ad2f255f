import type { Insertable } from 'kysely';
import type { Database } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.generated.ts';
import { facilityOf, moment, provenance, two } from './seeded-words.ts';

const requisition = (n: number): Insertable<Tables['hub.requisition']> => ({
  id: `req-${two(n)}`,
  number: `R-${two(n)}`,
  correlationId: `cor-${two(n)}`,
  status: n < 20 ? 'ORDERED' : 'PENDING_APPROVAL',
  requester: 'Nora Nurse',
  requesterSubject: 'u-nora',
  priority: n % 2 === 0 ? 'urgent' : 'ROUTINE',
  departmentId: `icu-${facilityOf(n)}`,
  facilityId: facilityOf(n),
  costCenterId: `cc-${facilityOf(n)}`,
  targetSystem: n % 2 === 0 ? 's4-main' : 'tryton-main',
  currency: 'USD',
  total: '60.00',
  submittedAt: moment(n),
  updatedAt: moment(n),
  source: 'ward-fhir',
  asOf: provenance.asOf,
});

const order = (n: number): Insertable<Tables['hub.purchaseOrder']> => ({
  id: `po-${two(n)}`,
  reference: `SL${two(n)}`,
  number: `45000000${two(n)}`,
  system: n % 2 === 0 ? 's4-main' : 'tryton-main',
  localId: `45000000${two(n)}`,
  correlationId: `cor-${two(n)}`,
  requisitionId: `req-${two(n)}`,
  supplierId: `sup-${n % 3}`,
  facilityId: facilityOf(n),
  departmentId: `icu-${facilityOf(n)}`,
  costCenterId: `cc-${facilityOf(n)}`,
  documentStatus: n < 10 ? 'ACKNOWLEDGED' : 'ISSUED',
  receiptStatus: n < 10 ? 'PARTIAL' : 'NONE',
  currency: 'USD',
  total: '60.000',
  promisedDate: '2026-12-01',
  issuedAt: moment(n),
  ...provenance,
});

const line = { quantity: '12', unit: 'EA', unitPrice: '2.500000' };
const twoLines = [1, 2];
const itemOf = (n: number, lineNumber: number): string => `item-${two((n + lineNumber) % 12)}`;

/** A requisition with two lines, two approval steps and its supply request, for each number. */
export const requests = async ({ db }: Database, numbers: readonly number[]): Promise<void> => {
  await db.insertInto('hub.requisition').values(numbers.map(requisition)).execute();
  await db
    .insertInto('hub.requisitionLine')
    .values(
      numbers.flatMap((n) =>
        twoLines.map((lineNumber) => ({
          requisitionId: `req-${two(n)}`,
          lineNumber,
          itemId: itemOf(n, lineNumber),
          description: 'Catheter',
          supplierId: `sup-${n % 3}`,
          contract: 'ON_CONTRACT',
          ...line,
        })),
      ),
    )
    .execute();
  await db
    .insertInto('hub.approvalStep')
    .values(
      numbers.flatMap((n) =>
        ['nurse-manager', 'department-director'].map((role, index) => ({
          requisitionId: `req-${two(n)}`,
          stepNumber: index + 1,
          role,
          status: n < 20 ? 'APPROVED' : 'PENDING',
          rule: 'spend-threshold@2',
          openedAt: index === 0 ? moment(n) : null,
        })),
      ),
    )
    .execute();
  await db
    .insertInto('hub.supplyRequest')
    .values(
      numbers.map((n) => ({
        id: `sr-${two(n)}`,
        correlationId: `cor-${two(n)}`,
        system: 'ward-fhir',
        localId: `SupplyRequest/${n}`,
        versionId: '1',
        status: n === 0 ? 'entered-in-error' : 'active',
        intake: 'ACCEPTED',
        priority: 'routine',
        itemCode: 'CATH',
        itemText: 'Catheter',
        itemId: itemOf(n, 1),
        quantity: '12',
        unit: 'EA',
        departmentId: `icu-${facilityOf(n)}`,
        facilityId: facilityOf(n),
        basketId: `basket-${n}`,
        clinicalRequestRef: `ref-${n}`,
        authoredOn: moment(n),
        requisitionId: `req-${two(n)}`,
        requisitionLineNumber: 1,
        asOf: provenance.asOf,
      })),
    )
    .execute();
};

/** An order for each number; the first ten have a receipt, an invoice and a shipment. */
export const orders = async ({ db }: Database, numbers: readonly number[]): Promise<void> => {
  await db.insertInto('hub.purchaseOrder').values(numbers.map(order)).execute();
  await db
    .insertInto('hub.purchaseOrderLine')
    .values(
      numbers.flatMap((n) =>
        twoLines.map((lineNumber) => ({
          purchaseOrderId: `po-${two(n)}`,
          lineNumber,
          itemId: itemOf(n, lineNumber),
          description: 'Catheter',
          ...line,
        })),
      ),
    )
    .execute();
  const came = numbers.filter((n) => n < 10);
  const booked = { receivedAt: '2026-11-22T09:00:00Z', receivedBy: 'WALT', ...provenance };
  await db
    .insertInto('hub.receipt')
    .values(
      came.map((n) => ({
        id: `rcp-${two(n)}`,
        number: `50000000${two(n)}`,
        system: 's4-main',
        localId: `50000000${two(n)}`,
        purchaseOrderId: `po-${two(n)}`,
        ...booked,
      })),
    )
    .execute();
  await db
    .insertInto('hub.receiptLine')
    .values(
      came.map((n) => ({
        receiptId: `rcp-${two(n)}`,
        orderLineNumber: 1,
        itemId: itemOf(n, 1),
        quantity: '5',
        unit: 'EA',
      })),
    )
    .execute();
  await db
    .insertInto('hub.invoice')
    .values(
      came.map((n) => ({
        id: `inv-${two(n)}`,
        number: `INV-${two(n)}`,
        system: 's4-main',
        localId: `51000000${two(n)}`,
        status: 'RECEIVED',
        supplierId: `sup-${n % 3}`,
        purchaseOrderId: `po-${two(n)}`,
        facilityId: facilityOf(n),
        correlationId: `cor-${two(n)}`,
        invoiceDate: '2026-11-22',
        currency: 'USD',
        total: '30.00',
        ...provenance,
      })),
    )
    .execute();
  await db
    .insertInto('hub.invoiceLine')
    .values(
      came.map((n) => ({
        invoiceId: `inv-${two(n)}`,
        lineNumber: 1,
        orderLineNumber: 1,
        itemId: itemOf(n, 1),
        ...line,
      })),
    )
    .execute();
  await db
    .insertInto('hub.shipment')
    .values(
      came.map((n) => ({
        id: `shp-${two(n)}`,
        number: `ASN-${two(n)}`,
        purchaseOrderId: `po-${two(n)}`,
        tradingPartner: 'x12-hub',
        shippedAt: '2026-11-20T09:00:00Z',
        source: 'x12-hub',
        asOf: provenance.asOf,
      })),
    )
    .execute();
};

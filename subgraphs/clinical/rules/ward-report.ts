import { Decimal } from 'decimal.js';

/** What has become of one request on the buying side. */
export interface WardView {
  readonly number: string;
  readonly documentStatus: string;
  /** Decimals in the order's unit. */
  readonly ordered: string;
  readonly received: string;
  readonly acknowledgementStatus: string | null;
  /** YYYY-MM-DD; null when nobody promised a day. */
  readonly promisedDate: string | null;
  readonly shipped: boolean;
}

/** In the words and states of the ward's application. */
export interface WardReport {
  readonly status: 'active' | 'completed' | 'cancelled';
  readonly summary: string;
}

const ended = ['REJECTED', 'CANCELLED', 'RETURNED', 'WITHDRAWN'];

const beforeOrder = (requisition: { readonly number: string; readonly status: string }) =>
  requisition.status === 'PENDING_APPROVAL'
    ? `Requisition ${requisition.number} waits for approval`
    : `Requisition ${requisition.number} is being worked on`;

const refused = ['REJECTED', 'DELETED'];

const underWay = (line: WardView): string => {
  const promise = line.promisedDate === null ? '' : `, promised for ${line.promisedDate}`;
  if (line.shipped) return `Order ${line.number} is on its way${promise}`;
  if (line.acknowledgementStatus === null) return `Ordered as ${line.number}`;
  if (refused.includes(line.acknowledgementStatus))
    return `The supplier declined this item of order ${line.number}; the buyer is looking for another source`;
  return `Order ${line.number} was answered by the supplier: ${line.acknowledgementStatus.toLowerCase().replaceAll('_', ' ')}${promise}`;
};

/** What the ward is told. Goods that came count before everything else, and nothing of a patient is in it. */
export const wardReport = (
  requisition: {
    readonly number: string;
    readonly status: string;
    readonly endedReason: string | null;
  },
  line: WardView | null,
): WardReport => {
  if (line === null)
    return ended.includes(requisition.status)
      ? {
          status: 'cancelled',
          summary: `Requisition ${requisition.number} was not granted: ${requisition.endedReason ?? 'no reason was given'}`,
        }
      : { status: 'active', summary: beforeOrder(requisition) };
  const received = new Decimal(line.received);
  const state = `${received.toFixed()} of ${new Decimal(line.ordered).toFixed()} received`;
  if (received.greaterThanOrEqualTo(line.ordered)) return { status: 'completed', summary: state };
  if (line.documentStatus === 'CANCELLED')
    return { status: 'cancelled', summary: `Order ${line.number} was cancelled; ${state}` };
  if (received.greaterThan(0)) return { status: 'active', summary: state };
  return { status: 'active', summary: underWay(line) };
};

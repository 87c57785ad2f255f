import type {
  InvoiceState,
  OpenTrouble,
  OrderState,
  ReceiptState,
  RequisitionState,
  StepState,
  SupplyRequestState,
} from './document-state.ts';

/** Who is waited on: a role, `hub`, `supplier`, `requester`, or a connected system by its name. */
export interface NextAction {
  readonly waitingOn: string;
  readonly action: string;
  readonly since: Date;
  readonly dueAt: Date | null;
  readonly why: string;
}

/** A promised day ends when the day does. */
const endOf = (day: string | null): Date | null =>
  day === null ? null : new Date(`${day}T23:59:59.000Z`);

const action = (
  waitingOn: string,
  what: string,
  when: { readonly since: Date; readonly dueAt?: Date | null; readonly why: string },
): NextAction => ({ waitingOn, action: what, dueAt: null, ...when });

const troubleActions: Readonly<Record<string, string>> = {
  MALFORMED_DOCUMENT: 'Have the document corrected and sent again',
  MISSING_MAPPING: 'Map the code',
  NO_APPROVED_SOURCE: 'Name a source for the item',
  BUDGET_EXCEEDED: 'Decide on the budget',
  BUDGET_UNAVAILABLE: 'Have the budget checked',
  SUPPLIER_RESPONSE: "Decide on the supplier's answer",
  SYSTEM_FAILURE: 'Mend the connection and try again',
};

/** The oldest trouble is waited on first. */
const settle = (troubles: readonly OpenTrouble[]): NextAction | null => {
  const [oldest] = troubles.toSorted((a, b) => a.raisedAt.getTime() - b.raisedAt.getTime());
  if (oldest === undefined) return null;
  const what = troubleActions[oldest.kind] ?? 'Settle the exception';
  return action(oldest.ownerRole, what, { since: oldest.raisedAt, why: oldest.message });
};

const awaitGoods = (order: OrderState): NextAction => {
  const due = endOf(order.promisedDate ?? order.neededBy);
  const isShipped =
    order.shippedAt !== null && order.shippedAt.getTime() > (order.receivedAt?.getTime() ?? 0);
  if (isShipped && order.shippedAt !== null)
    return action('warehouse-clerk', 'Take the delivery in and book it', {
      since: order.shippedAt,
      dueAt: endOf(order.expectedDate) ?? due,
      why: `The supplier has sent goods for order ${order.number}.`,
    });
  if (order.documentStatus === 'ISSUED' && order.receiptStatus === 'NONE')
    return action('supplier', 'Acknowledge the order', {
      since: order.sentToSupplierAt ?? order.issuedAt,
      why: `Order ${order.number} is issued and the supplier has not answered.`,
    });
  const part = order.receiptStatus === 'PARTIAL' ? 'the rest of' : 'what is on';
  return action('supplier', 'Deliver', {
    since: order.receivedAt ?? order.acknowledgedAt ?? order.issuedAt,
    dueAt: due,
    why: `The supplier owes ${part} order ${order.number}.`,
  });
};

const awaitInvoice = (order: OrderState): NextAction | null => {
  if (order.invoiceStatus === 'FULL') return null;
  return action('supplier', 'Send the invoice', {
    since: order.receivedAt ?? order.updatedAt,
    why: `Order ${order.number} is received and not billed in full.`,
  });
};

/** An order that goes its normal way: what the three axes still lack. */
const onItsWay = (order: OrderState): NextAction | null => {
  const since = order.updatedAt;
  if (order.invoiceStatus === 'OVER')
    return action('accounts-payable', 'Settle the over-billing', {
      since,
      why: `More is billed than order ${order.number} says.`,
    });
  switch (order.receiptStatus) {
    case 'OVER':
      return action('buyer', 'Decide on what came too much', {
        since,
        why: `More came than order ${order.number} says.`,
      });
    case 'RETURNED':
      return action('supplier', 'Replace or credit what went back', {
        since,
        why: `Goods of order ${order.number} went back.`,
      });
    case 'FULL':
      return awaitInvoice(order);
    default:
      return awaitGoods(order);
  }
};

const orderActions: Readonly<Record<string, readonly [role: string, what: string, why: string]>> = {
  DRAFT: ['buyer', 'Finish the order', 'It is a draft'],
  PENDING_APPROVAL: ['buyer', 'Have the order approved', 'It waits for people to agree'],
  REJECTED: ['buyer', 'Find another source', 'The supplier refused it'],
  ON_HOLD: ['buyer', 'Release or cancel the order', 'It is on hold'],
  PENDING_CHANGE: ['supplier', 'Answer the change', 'A change waits for the supplier'],
  PENDING_CANCELLATION: [
    'supplier',
    'Answer the cancellation',
    'A cancellation waits for the supplier',
  ],
};

/** Who an order waits for; null for one that is closed, cancelled, or received and billed in full. */
export const orderNextAction = (
  order: OrderState,
  troubles: readonly OpenTrouble[],
): NextAction | null => {
  if (order.documentStatus === 'CLOSED' || order.documentStatus === 'CANCELLED') return null;
  const trouble = settle(troubles.filter(({ subjectId }) => subjectId === order.id));
  if (trouble !== null) return trouble;
  if (order.documentStatus === 'APPROVED')
    return action(order.system, 'Issue the order', {
      since: order.updatedAt,
      why: `Order ${order.number} is agreed and not yet sent.`,
    });
  const waiting = orderActions[order.documentStatus];
  if (waiting === undefined) return onItsWay(order);
  const [role, what, why] = waiting;
  return action(role, what, { since: order.updatedAt, why: `${why} (order ${order.number}).` });
};

const awaitDecision = (
  requisition: RequisitionState,
  steps: readonly StepState[],
): NextAction | null => {
  const inOrder = steps.toSorted((a, b) => a.stepNumber - b.stepNumber);
  const step = inOrder.find(({ status }) => status === 'PENDING');
  if (step === undefined) return null;
  return action(step.role, 'Approve or reject', {
    since: step.openedAt ?? requisition.submittedAt,
    dueAt: step.dueAt,
    why: `Step ${step.stepNumber} of ${steps.length}, by rule ${step.rule}.`,
  });
};

const inFront = (actions: readonly (NextAction | null)[]): NextAction | null =>
  actions
    .filter((one) => one !== null)
    .toSorted((a, b) => a.since.getTime() - b.since.getTime())
    .at(0) ?? null;

/** What belongs to a requisition and decides who it waits for. */
export interface AroundRequisition {
  readonly steps: readonly StepState[];
  readonly orders: readonly OrderState[];
  readonly troubles: readonly OpenTrouble[];
}

const hubChecks = (requisition: RequisitionState): NextAction =>
  action('hub', 'Check mappings, budget and sources', {
    since: requisition.submittedAt,
    why: 'It has just come in.',
  });

const systemOrders = (requisition: RequisitionState): NextAction =>
  action(requisition.targetSystem, 'Take the order', {
    since: requisition.updatedAt,
    why: `Everybody agreed; the order is being placed in ${requisition.targetSystem}.`,
  });

const requester = (requisition: RequisitionState, what: string, why: string): NextAction =>
  action('requester', what, { since: requisition.updatedAt, why });

/** Who a requisition waits for; null for one that has ended, and for one whose orders lack nothing. */
export const requisitionNextAction = (
  requisition: RequisitionState,
  { steps, orders, troubles }: AroundRequisition,
): NextAction | null => {
  switch (requisition.status) {
    case 'CLOSED':
    case 'REJECTED':
    case 'WITHDRAWN':
    case 'CANCELLED':
      return null;
    case 'DRAFT':
      return requester(requisition, 'Submit the requisition', 'It is a draft.');
    case 'RETURNED':
      return requester(requisition, 'Change it and submit it again', 'An approver sent it back.');
    case 'PENDING_APPROVAL':
      return awaitDecision(requisition, steps) ?? settle(troubles) ?? hubChecks(requisition);
    case 'ON_HOLD':
      return (
        settle(troubles) ??
        action('buyer', 'Release or cancel', {
          since: requisition.updatedAt,
          why: 'It is on hold.',
        })
      );
    case 'APPROVED':
    case 'SOURCING':
    case 'PARTIALLY_ORDERED':
      return settle(troubles) ?? systemOrders(requisition);
    case 'ORDERED':
    case 'FULFILLED':
      return settle(troubles) ?? inFront(orders.map((order) => orderNextAction(order, troubles)));
    default:
      return settle(troubles) ?? hubChecks(requisition);
  }
};

/** Who has to act on goods that came: whoever bills them; null when the order is billed in full. */
export const receiptNextAction = (receipt: ReceiptState): NextAction | null => {
  const { orderNumber, invoiceStatus, receivedAt: since } = receipt;
  if (invoiceStatus === 'FULL') return null;
  if (invoiceStatus === 'OVER')
    return action('accounts-payable', 'Settle the over-billing', {
      since,
      why: `More is billed than order ${orderNumber} says.`,
    });
  return action('supplier', 'Send the invoice', {
    since,
    why: `The goods of order ${orderNumber} came and are not billed in full.`,
  });
};

const invoiceActions: Readonly<
  Record<string, readonly [role: string | 'SYSTEM', what: string, why: string]>
> = {
  RECEIVED: ['accounts-payable', 'Check and match the invoice', 'It has arrived'],
  VALIDATING: ['accounts-payable', 'Check the form of the invoice', 'It is being checked'],
  MATCHING: [
    'accounts-payable',
    'Match the invoice',
    'It is being compared with order and receipt',
  ],
  MATCHED: ['accounts-payable', 'Approve for payment', 'Order, receipt and invoice agree'],
  MATCHED_WITHIN_TOLERANCE: [
    'accounts-payable',
    'Approve for payment',
    'Order, receipt and invoice agree within the tolerances',
  ],
  ON_HOLD: ['accounts-payable', 'Clear the difference', 'A difference holds it'],
  DISPUTED: ['supplier', 'Answer the objection', 'The hospital has objected'],
  APPROVED_FOR_PAYMENT: ['SYSTEM', 'Pay the invoice', 'It may be paid when due'],
  PARTIALLY_PAID: ['SYSTEM', 'Pay the rest', 'A part has been paid'],
};

/** Who an invoice waits for; null for one that is paid, rejected or voided. */
export const invoiceNextAction = (invoice: InvoiceState): NextAction | null => {
  const waiting = invoiceActions[invoice.status];
  if (waiting === undefined) return null;
  const [role, what, why] = waiting;
  return action(role === 'SYSTEM' ? invoice.system : role, what, {
    since: invoice.changedAt ?? new Date(`${invoice.invoiceDate}T00:00:00.000Z`),
    why: `${why} (invoice ${invoice.number}).`,
  });
};

const endedRequests = ['cancelled', 'completed', 'entered-in-error'];

/** Who a ward's request waits for: its owner while it is parked, then whoever its requisition waits for. */
export const supplyRequestNextAction = (
  request: SupplyRequestState,
  around: {
    readonly troubles: readonly OpenTrouble[];
    readonly ofRequisition: NextAction | null;
  },
): NextAction | null => {
  if (endedRequests.includes(request.status)) return null;
  if (request.requisitionId !== null) return around.ofRequisition;
  return (
    settle(around.troubles) ??
    action('hub', 'Make a requisition', { since: request.authoredOn, why: 'It has just come in.' })
  );
};

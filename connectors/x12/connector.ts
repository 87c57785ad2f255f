import { SystemRefused } from '../../platform/system-error.ts';
import type { SupplierMessages, SupplierOrder } from '../../subgraphs/procurement/ports.ts';
import { orderControlNumber, type Parties, writePurchaseOrder } from './purchase-order.ts';
import { readInterchanges } from './read-interchanges.ts';
import { folderTransport, httpTransport, type Transport } from './transport.ts';
import { clean, controlNumberOf } from './write-segments.ts';

export interface X12Options {
  readonly name: string;
  /** The supplier ids whose orders go this way; `ALL` for a hub of suppliers. */
  readonly supplierIds: readonly string[] | 'ALL';
  /** Our id in the envelope (ISA06), at most 15 characters. */
  readonly senderId: string;
  /** The partner's id in the envelope (ISA08), at most 15 characters. */
  readonly receiverId: string;
  /** ISA05 and ISA07; ZZ (mutually defined) when left out. */
  readonly senderQualifier?: string;
  readonly receiverQualifier?: string;
  /** T (test) when left out. */
  readonly usage?: 'T' | 'P';
  /** Where documents are posted; or, instead, the folder into which they are put. */
  readonly url?: string;
  readonly folder?: string;
  readonly timeoutMs?: number;
  readonly requestsPerSecond?: number;
}

interface X12 {
  readonly name: string;
  readonly supplierIds: readonly string[] | 'ALL';
  readonly messages: SupplierMessages;
  readonly close: () => Promise<void>;
}

const transportOf = (options: X12Options): Transport => {
  const { name, url, folder, timeoutMs, requestsPerSecond } = options;
  if (url !== undefined)
    return httpTransport(name, url, {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    });
  if (folder !== undefined) return folderTransport(name, folder);
  throw new Error(
    `The trading partner ${name} needs a url or a folder: set one in its configuration.`,
  );
};

const partiesOf = (options: X12Options): Parties => ({
  senderQualifier: options.senderQualifier ?? 'ZZ',
  senderId: options.senderId,
  receiverQualifier: options.receiverQualifier ?? 'ZZ',
  receiverId: options.receiverId,
  usage: options.usage ?? 'T',
});

/** Why an order cannot be written as an 850; null when it can. */
const unwritable = (order: SupplierOrder): string | null => {
  if (order.number === '' || clean(order.number, 22) !== order.number)
    return `The order number ${order.number} does not fit BEG03 (at most 22 plain characters).`;
  return order.lines.length === 0 ? `Order ${order.number} has no lines.` : null;
};

/** A supplier, or a network of suppliers, that speaks X12 005010: 850 and 997 out, 855, 856 and 997 in. */
export const x12 = (options: X12Options): X12 => {
  const transport = transportOf(options);
  const parties = partiesOf(options);
  const refusal = (message: string): SystemRefused =>
    new SystemRefused(message, { system: options.name, operation: 'send', kind: 'permanent' });

  const sendOrder: SupplierMessages['sendOrder'] = async (order, call) => {
    const reason = unwritable(order);
    if (reason !== null) throw refusal(reason);
    const controlNumber = orderControlNumber(order);
    const text = writePurchaseOrder(order, parties);
    const answer = await transport.send({ name: `850-${controlNumber}`, text }, call.signal);
    // Some partners answer at once with a 997; one that rejects is a refusal although the status is 200.
    const rejected = answer.trimStart().startsWith('ISA') ? readInterchanges(answer).problems : [];
    if (rejected.length > 0) throw refusal(`${options.name} answered: ${rejected.join(' ')}`);
    return { controlNumber };
  };

  const acknowledge: SupplierMessages['acknowledge'] = async (sender, document, call) => {
    if (sender !== parties.receiverId)
      throw refusal(`${sender} is not the id of ${options.name} (${parties.receiverId}).`);
    await transport.send({ name: `997-${controlNumberOf(document)}`, text: document }, call.signal);
  };

  return {
    name: options.name,
    supplierIds: options.supplierIds,
    messages: { sendOrder, acknowledge, read: readInterchanges },
    close: transport.close,
  };
};

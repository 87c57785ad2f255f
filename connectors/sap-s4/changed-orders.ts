import type { Call } from '../../platform/call.ts';
import type { Client } from './client.ts';
import { sinceDay, sinceInstant } from './cursor.ts';
import { type Entity, related, text } from './entity.ts';
import { anyOf, chunks, dayLiteral, instantLiteral } from './query.ts';
import { orderSource, withItems } from './read-orders.ts';

const changedHeaders = (
  client: Client,
  cursor: string | null,
  call: Call,
): Promise<readonly Entity[]> => {
  const since = sinceInstant(cursor);
  if (since === null) return client.list(orderSource, withItems, call);
  // An order without a change time would never be found by it.
  const filter = `LastChangeDateTime ge ${instantLiteral(since)} or (LastChangeDateTime eq null and CreationDate ge ${dayLiteral(since)})`;
  return client.list(orderSource, { ...withItems, filter }, call);
};

const ordersBehind = (documents: readonly Entity[], navigation: string): string[] =>
  documents
    .flatMap((document) => related(document, navigation))
    .map((line) => text(line, 'PurchaseOrder'))
    .filter((order) => order !== '');

const touchedOrders = async (client: Client, since: string, call: Call): Promise<string[]> => {
  const filter = `CreationDate ge ${dayLiteral(since)}`;
  const [movements, bills] = await Promise.all([
    client.list(
      { service: 'API_MATERIAL_DOCUMENT_SRV', path: 'A_MaterialDocumentHeader' },
      { filter, expand: 'to_MaterialDocumentItem' },
      call,
    ),
    client.list(
      { service: 'API_SUPPLIERINVOICE_PROCESS_SRV', path: 'A_SupplierInvoice' },
      { filter, expand: 'to_SuplrInvcItemPurOrdRef' },
      call,
    ),
  ]);
  return [
    ...ordersBehind(movements, 'to_MaterialDocumentItem'),
    ...ordersBehind(bills, 'to_SuplrInvcItemPurOrdRef'),
  ];
};

/** Orders that changed, or whose receipts or invoices did: a receipt leaves the order's own change time as it is. */
export const readChangedOrders = async (
  client: Client,
  cursor: string | null,
  call: Call,
): Promise<readonly Entity[]> => {
  const since = sinceDay(cursor);
  const [headers, touched] = await Promise.all([
    changedHeaders(client, cursor, call),
    since === null ? [] : touchedOrders(client, since, call),
  ]);
  const known = new Set(headers.map((order) => text(order, 'PurchaseOrder')));
  const others = await Promise.all(
    chunks(touched.filter((order) => !known.has(order))).map((group) =>
      client.list(orderSource, { ...withItems, filter: anyOf('PurchaseOrder', group) }, call),
    ),
  );
  return [...headers, ...others.flat()];
};

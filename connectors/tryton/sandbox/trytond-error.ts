/** An error as trytond writes it into `error`: the class's name and its arguments. */
export class TrytondError extends Error {
  override readonly name = 'TrytondError';
  readonly args: readonly unknown[];

  constructor(...args: readonly unknown[]) {
    super(JSON.stringify(args));
    this.args = args;
  }
}

const labels: Readonly<Record<string, string>> = {
  'party.party': 'Party',
  'product.product': 'Product Variant',
  'purchase.purchase': 'Purchase',
  'stock.move': 'Stock Move',
  'stock.shipment.in': 'Supplier Shipment',
  'account.invoice': 'Invoice',
};

/** What Tryton calls a model to people. */
export const labelOf = (model: string): string => labels[model] ?? model;

/** A business error: HTTP 200 with `["UserError", [message, description, domain]]`. */
export const userError = (message: string): TrytondError =>
  new TrytondError('UserError', [message, '', null]);

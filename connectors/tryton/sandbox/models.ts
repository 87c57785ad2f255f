import { TrytondError } from './trytond-error.ts';

/** What a field of a model is: a plain value, a link to one record, a list of records that point back, ids of many, a field of a parent
    that stands on the child as well, or a figure that is worked out. */
export type Field =
  | { readonly kind: 'value'; readonly initial?: unknown }
  | { readonly kind: 'one'; readonly model: string; readonly initial?: unknown }
  | {
      readonly kind: 'list';
      readonly model: string;
      readonly inverse: string;
      /** The child's field holds `model,id` instead of an id. */
      readonly prefix?: string;
    }
  | { readonly kind: 'many'; readonly model: string }
  | { readonly kind: 'through'; readonly by: string; readonly model: string }
  | { readonly kind: 'computed'; readonly model?: string };

type Fields = Readonly<Record<string, Field>>;

const one = (model: string): Field => ({ kind: 'one', model });
const list = (model: string, inverse: string): Field => ({ kind: 'list', model, inverse });
const many = (model: string): Field => ({ kind: 'many', model });
const initially = (initial: unknown): Field => ({ kind: 'value', initial });
const computed: Field = { kind: 'computed' };
const through = (model: string, by: string): Field => ({ kind: 'through', by, model });

const values = (...names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, { kind: 'value' } as const]));

const template = 'product.template';

const models: Readonly<Record<string, Fields>> = {
  'res.user': { ...values('login', 'name'), company: one('company.company') },
  'ir.sequence': values('name', 'number_next'),
  'company.company': { party: one('party.party'), currency: one('currency.currency') },
  'currency.currency': values('code', 'name', 'symbol', 'rounding', 'digits'),
  'party.party': {
    ...values('code', 'name'),
    active: initially(true),
    supplier_payment_term: one('account.invoice.payment_term'),
    addresses: list('party.address', 'party'),
    identifiers: list('party.identifier', 'party'),
    categories: many('party.category'),
  },
  'party.category': { ...values('name'), parent: one('party.category') },
  'party.address': {
    ...values('name', 'street', 'postal_code', 'city'),
    party: one('party.party'),
    active: initially(true),
  },
  'party.identifier': { ...values('type', 'code'), party: one('party.party') },
  'account.invoice.payment_term': values('name'),
  'account.account.type': values('name', 'payable', 'expense'),
  'account.account': { ...values('name'), type: one('account.account.type') },
  'account.journal': values('name', 'type'),
  'product.uom': { ...values('name', 'symbol', 'factor', 'rate'), active: initially(true) },
  'product.category': { ...values('name', 'accounting'), parent: one('product.category') },
  [template]: {
    ...values('name', 'purchasable', 'list_price', 'cost_price_method'),
    type: initially('goods'),
    active: initially(true),
    default_uom: one('product.uom'),
    purchase_uom: one('product.uom'),
    account_category: one('product.category'),
    categories: many('product.category'),
    products: list('product.product', 'template'),
    product_suppliers: list('purchase.product_supplier', 'template'),
  },
  'product.product': {
    ...values('code', 'cost_price'),
    active: initially(true),
    template: one(template),
    identifiers: list('product.identifier', 'product'),
    ...Object.fromEntries(
      ['name', 'type', 'purchasable', 'default_uom', 'purchase_uom', 'categories'].map((name) => [
        name,
        through(template, 'template'),
      ]),
    ),
    quantity: computed,
    forecast_quantity: computed,
  },
  'product.identifier': { ...values('type', 'code'), product: one('product.product') },
  'purchase.product_supplier': {
    ...values('name', 'code', 'sequence'),
    active: initially(true),
    template: one(template),
    product: one('product.product'),
    party: one('party.party'),
    company: one('company.company'),
    currency: one('currency.currency'),
    prices: list('purchase.product_supplier.price', 'product_supplier'),
  },
  'purchase.product_supplier.price': {
    ...values('unit_price', 'sequence'),
    quantity: initially(0),
    product_supplier: one('purchase.product_supplier'),
  },
  'analytic_account.account': {
    ...values('code', 'name'),
    type: initially('normal'),
    state: initially('draft'),
    active: initially(true),
    company: one('company.company'),
    root: one('analytic_account.account'),
    parent: one('analytic_account.account'),
    balance: computed,
    debit: computed,
    credit: computed,
  },
  'analytic_account.line': {
    ...values('debit', 'credit', 'date'),
    account: one('analytic_account.account'),
  },
  'analytic.account.entry': {
    ...values('origin'),
    root: one('analytic_account.account'),
    account: one('analytic_account.account'),
  },
  'stock.location': {
    ...values('code', 'name', 'type'),
    active: initially(true),
    parent: one('stock.location'),
    input_location: one('stock.location'),
    storage_location: one('stock.location'),
    output_location: one('stock.location'),
  },
  'stock.move': {
    ...values('origin', 'shipment', 'unit_price', 'planned_date', 'effective_date'),
    quantity: initially(0),
    state: initially('draft'),
    company: one('company.company'),
    product: one('product.product'),
    uom: one('product.uom'),
    currency: one('currency.currency'),
    from_location: one('stock.location'),
    to_location: one('stock.location'),
    write_uid: one('res.user'),
  },
  'stock.shipment.in': {
    ...values('number', 'reference', 'planned_date', 'effective_date'),
    state: initially('draft'),
    company: one('company.company'),
    supplier: one('party.party'),
    warehouse: one('stock.location'),
    incoming_moves: {
      kind: 'list',
      model: 'stock.move',
      inverse: 'shipment',
      prefix: 'stock.shipment.in',
    },
    write_uid: one('res.user'),
  },
  'stock.shipment.in.return': {
    ...values('number', 'reference', 'effective_date'),
    state: initially('draft'),
    company: one('company.company'),
    supplier: one('party.party'),
    moves: {
      kind: 'list',
      model: 'stock.move',
      inverse: 'shipment',
      prefix: 'stock.shipment.in.return',
    },
    write_uid: one('res.user'),
  },
  'purchase.purchase': {
    ...values('number', 'reference', 'description', 'purchase_date', 'delivery_date', 'comment'),
    state: initially('draft'),
    invoice_method: initially('order'),
    invoice_state: initially('none'),
    shipment_state: initially('none'),
    company: one('company.company'),
    party: one('party.party'),
    invoice_address: one('party.address'),
    payment_term: one('account.invoice.payment_term'),
    currency: one('currency.currency'),
    warehouse: one('stock.location'),
    lines: list('purchase.line', 'purchase'),
    untaxed_amount: computed,
    tax_amount: computed,
    total_amount: computed,
    moves: { kind: 'computed', model: 'stock.move' },
    invoices: { kind: 'computed', model: 'account.invoice' },
  },
  'purchase.line': {
    ...values('sequence', 'description', 'unit_price', 'note'),
    quantity: initially(0),
    type: initially('line'),
    purchase: one('purchase.purchase'),
    product: one('product.product'),
    unit: one('product.uom'),
    analytic_accounts: {
      kind: 'list',
      model: 'analytic.account.entry',
      inverse: 'origin',
      prefix: 'purchase.line',
    },
    amount: computed,
    moves: { kind: 'computed', model: 'stock.move' },
    invoice_lines: { kind: 'computed', model: 'account.invoice.line' },
  },
  'account.invoice': {
    ...values('number', 'reference', 'invoice_date', 'description'),
    type: initially('in'),
    state: initially('draft'),
    company: one('company.company'),
    party: one('party.party'),
    currency: one('currency.currency'),
    invoice_address: one('party.address'),
    payment_term: one('account.invoice.payment_term'),
    account: one('account.account'),
    journal: one('account.journal'),
    lines: list('account.invoice.line', 'invoice'),
    untaxed_amount: computed,
    tax_amount: computed,
    total_amount: computed,
  },
  'account.invoice.line': {
    ...values('sequence', 'description', 'unit_price', 'origin'),
    quantity: initially(0),
    type: initially('line'),
    invoice: one('account.invoice'),
    product: one('product.product'),
    unit: one('product.uom'),
    account: one('account.account'),
    analytic_accounts: {
      kind: 'list',
      model: 'analytic.account.entry',
      inverse: 'origin',
      prefix: 'account.invoice.line',
    },
    amount: computed,
  },
};

const everywhere: Fields = {
  ...values('create_date', 'write_date'),
  id: { kind: 'value' },
  rec_name: computed,
};

const whole = new Map(
  Object.entries(models).map(([model, fields]) => [model, { ...everywhere, ...fields }]),
);

/** Every field of a model; an unknown model is an error of trytond. */
export const fieldsOf = (model: string): Fields => {
  const fields = whole.get(model);
  if (fields === undefined) throw new TrytondError(`'${model}'`, '');
  return fields;
};

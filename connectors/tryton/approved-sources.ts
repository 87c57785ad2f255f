import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { money } from '../../platform/money.ts';
import type { ApprovedSources, LocalSource } from '../../subgraphs/procurement/ports.ts';
import type { Domain, TrytonClient } from './client.ts';
import { withCode } from './masters.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

const supplierFields = (contractField: string) => [
  'product',
  'template',
  'party.id',
  'party.code',
  'currency.code',
  'prices',
  contractField,
];

interface Priced {
  readonly products: readonly Row[];
  readonly prices: ReadonlyMap<number, Row>;
  readonly contractField: string;
}

const toSources = (row: Row, priced: Priced): readonly LocalSource[] => {
  const variant = read.link(row, 'product');
  const products = priced.products.filter((product) =>
    variant === null
      ? read.id(product, 'template') === read.id(row, 'template')
      : read.id(product) === variant,
  );
  const prices = read.ids(row, 'prices').flatMap((id): readonly Row[] => {
    const price = priced.prices.get(id);
    return price === undefined ? [] : [price];
  });
  return products.flatMap((product) =>
    prices.map((price): LocalSource => {
      const minimum = read.decimal(price, 'quantity');
      const unit = unitCode(read.words(product, 'purchase_uom.symbol'));
      return {
        itemLocalId: read.code(product) ?? '',
        supplierLocalId: read.code(row, 'party.') ?? '',
        unitPrice: money(read.decimal(price, 'unit_price'), read.words(row, 'currency.code')),
        contractNumber: read.text(row, priced.contractField),
        minimumQuantity: new Decimal(minimum).isZero() ? null : { value: minimum, unit },
        // Tryton's prices carry no dates: a source that is over is archived.
        validFrom: null,
        validTo: null,
      };
    }),
  );
};

const pricesOf = (client: TrytonClient, rows: readonly Row[], call: Call) =>
  client.find(
    {
      model: 'purchase.product_supplier.price',
      where: [['product_supplier', 'in', rows.map((row) => read.id(row))]],
      fields: ['quantity', 'unit_price'],
    },
    call,
  );

/** Product suppliers of our company that are not archived; each price step is a source with its least quantity. They hold for the whole
    company, whichever the facility. The contract's number stands in the product supplier's field `contractField`. */
export const trytonApprovedSources = (
  client: TrytonClient,
  contractField: 'name' | 'code',
): ApprovedSources => ({
  forItems: async ({ itemLocalIds }, call) => {
    if (itemLocalIds.length === 0) return [];
    const company = await client.company(call);
    const anyOf: Domain = ['OR', ...itemLocalIds.map((localId) => [withCode(localId)])];
    const products = await client.find(
      {
        model: 'product.product',
        where: [anyOf],
        fields: ['code', 'template', 'purchase_uom.symbol'],
      },
      call,
    );
    const rows = await client.find(
      {
        model: 'purchase.product_supplier',
        where: [
          ['template', 'in', products.map((product) => read.id(product, 'template'))],
          ['company', '=', company.id],
          ['active', '=', true],
          ['party.active', '=', true],
        ],
        fields: supplierFields(contractField),
      },
      call,
    );
    const prices = await pricesOf(client, rows, call);
    const priced = {
      products,
      prices: new Map(prices.map((price) => [read.id(price), price])),
      contractField,
    };
    return rows.flatMap((row) => toSources(row, priced));
  },
});

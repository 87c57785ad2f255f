import { Decimal } from 'decimal.js';
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
  'prices.quantity',
  'prices.unit_price',
  contractField,
];

/** A contract as it is written into one field: its number, then, if it ends one day, the days from and to which it holds as an ISO 8601
    interval, `C-2600 2026-01-01/2027-12-31`; an open end is two dots. */
const validity = /^(.*?)\s*(\d{4}-\d{2}-\d{2}|\.\.)\/(\d{4}-\d{2}-\d{2}|\.\.)$/;

interface Contract {
  readonly number: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

const contractOf = (text: string | null): Contract => {
  const [, number = '', from = '..', to = '..'] = validity.exec(text ?? '') ?? ['', text ?? ''];
  return {
    number: number === '' ? null : number,
    from: from === '..' ? null : from,
    to: to === '..' ? null : to,
  };
};

const holdsOn = (contract: Contract, day: string): boolean =>
  (contract.from === null || contract.from <= day) && (contract.to === null || day <= contract.to);

interface Priced {
  readonly products: readonly Row[];
  readonly contractField: string;
}

const toSources = (row: Row, priced: Priced): readonly LocalSource[] => {
  const contract = contractOf(read.text(row, priced.contractField));
  const variant = read.link(row, 'product');
  const products = priced.products.filter((product) =>
    variant === null
      ? read.id(product, 'template') === read.id(row, 'template')
      : read.id(product) === variant,
  );
  const prices = read.children(row, 'prices');
  return products.flatMap((product) =>
    prices.map((price): LocalSource => {
      const minimum = read.decimal(price, 'quantity');
      const unit = unitCode(read.words(product, 'purchase_uom.symbol'));
      return {
        itemLocalId: read.code(product) ?? '',
        supplierLocalId: read.code(row, 'party.') ?? '',
        unitPrice: money(read.decimal(price, 'unit_price'), read.words(row, 'currency.code')),
        contractNumber: contract.number,
        minimumQuantity: new Decimal(minimum).isZero() ? null : { value: minimum, unit },
        validFrom: contract.from,
        validTo: contract.to,
      };
    }),
  );
};

/** Product suppliers of our company that are not archived; each price step is a source with its least quantity. They hold for the whole
    company, whichever the facility. Tryton 6.0 has no field for a contract or its dates: they stand in `contractField`. */
export const trytonApprovedSources = (
  client: TrytonClient,
  contractField: 'name' | 'code',
): ApprovedSources => ({
  forItems: async ({ itemLocalIds, onDate }, call) => {
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
    const holding = rows.filter((row) =>
      holdsOn(contractOf(read.text(row, contractField)), onDate),
    );
    return holding.flatMap((row) => toSources(row, { products, contractField }));
  },
});

import type { Items, LocalItem } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, latest, sinceOf } from './feed.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

/** Names of the top categories under which an item's category says its brand, maker or GMDN term: Tryton's item master has no fields
    for these, and categories are the classification that it does have. */
export interface ItemCategories {
  readonly brand: string;
  readonly manufacturer: string;
  readonly gmdnTerm: string;
}

interface Related {
  readonly identifiers: ReadonlyMap<number, readonly Row[]>;
  readonly categories: ReadonlyMap<number, Row>;
}

const gtinPattern = /^(\d{8}|\d{12,14})$/;

/** A GTIN is an identifier of type `ean`; a bare one without a type is accepted too. */
const gtinOf = (identifiers: readonly Row[]): string | null => {
  const codes = (type: string | null): readonly string[] =>
    identifiers
      .filter((row) => read.text(row, 'type') === type)
      .map((row) => read.words(row, 'code'));
  return codes('ean')[0] ?? codes(null).find((code) => gtinPattern.test(code)) ?? null;
};

/** The maker's catalogue number is an identifier without a type that is not a GTIN. */
const catalogNumberOf = (identifiers: readonly Row[]): string | null =>
  identifiers
    .filter((row) => read.text(row, 'type') === null)
    .map((row) => read.words(row, 'code'))
    .find((code) => !gtinPattern.test(code)) ?? null;

const under = (row: Row, top: string, related: Related): string | null => {
  for (const id of read.ids(row, 'categories')) {
    const category = related.categories.get(id);
    if (category !== undefined && read.text(category, 'parent.name') === top)
      return read.text(category, 'name');
  }
  return null;
};

const toItem = (row: Row, related: Related, names: ItemCategories): LocalItem => {
  const identifiers = related.identifiers.get(read.id(row)) ?? [];
  const template = read.instant(row, 'template.write_date');
  return {
    localId: read.code(row) ?? '',
    gtin: gtinOf(identifiers),
    description: read.text(row, 'name') ?? '',
    brand: under(row, names.brand, related),
    catalogNumber: catalogNumberOf(identifiers),
    manufacturer: under(row, names.manufacturer, related),
    gmdnTerm: under(row, names.gmdnTerm, related),
    unit: unitCode(read.words(row, 'default_uom.symbol')),
    changedAt: latest(
      read.changedAt(row),
      ...identifiers.map(read.changedAt),
      ...(template === null ? [] : [template]),
    ),
  };
};

const stamps = ['create_date', 'write_date'] as const;

const relatedOf = async (
  client: TrytonClient,
  rows: readonly Row[],
  call: Parameters<TrytonClient['find']>[1],
): Promise<Related> => {
  const categoryIds = [...new Set(rows.flatMap((row) => read.ids(row, 'categories')))];
  const [identifiers, categories] = await Promise.all([
    client.find(
      {
        model: 'product.identifier',
        where: [['product', 'in', rows.map((row) => read.id(row))]],
        fields: ['product', 'type', 'code', ...stamps],
      },
      call,
    ),
    client.find(
      {
        model: 'product.category',
        where: [['id', 'in', categoryIds]],
        fields: ['name', 'parent.name'],
      },
      call,
    ),
  ]);
  return {
    identifiers: Map.groupBy(identifiers, (row) => read.id(row, 'product')),
    categories: new Map(categories.map((row) => [read.id(row), row])),
  };
};

/** Tryton's product variants; the name and the unit stand on the template that variants share. */
export const trytonItems = (client: TrytonClient, names: ItemCategories): Items => ({
  changedSince: async (cursor, call) => {
    const rows = await client.find(
      {
        model: 'product.product',
        where: [
          ['type', 'in', ['goods', 'assets']],
          ...changedSince(sinceOf(cursor), ['template', 'identifiers']),
        ],
        fields: [
          'code',
          'name',
          'categories',
          'default_uom.symbol',
          'template.write_date',
          ...stamps,
        ],
      },
      call,
    );
    const related = await relatedOf(client, rows, call);
    return changesOf(
      rows.map((row) => toItem(row, related, names)),
      cursor,
    );
  },
});

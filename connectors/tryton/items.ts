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

const under = (row: Row, top: string): string | null => {
  const found = read
    .children(row, 'categories')
    .find((category) => read.text(category, 'parent.name') === top);
  return found === undefined ? null : read.text(found, 'name');
};

const toItem = (row: Row, names: ItemCategories): LocalItem => {
  const identifiers = read.children(row, 'identifiers');
  const template = read.instant(row, 'template.write_date');
  return {
    localId: read.code(row) ?? '',
    gtin: gtinOf(identifiers),
    description: read.text(row, 'name') ?? '',
    brand: under(row, names.brand),
    catalogNumber: catalogNumberOf(identifiers),
    manufacturer: under(row, names.manufacturer),
    gmdnTerm: under(row, names.gmdnTerm),
    unit: unitCode(read.words(row, 'default_uom.symbol')),
    changedAt: latest(
      read.changedAt(row),
      ...identifiers.map(read.changedAt),
      ...(template === null ? [] : [template]),
    ),
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
          'default_uom.symbol',
          'template.write_date',
          'categories.name',
          'categories.parent.name',
          'identifiers.type',
          'identifiers.code',
          'identifiers.create_date',
          'identifiers.write_date',
          'create_date',
          'write_date',
        ],
      },
      call,
    );
    return changesOf(
      rows.map((row) => toItem(row, names)),
      cursor,
    );
  },
});

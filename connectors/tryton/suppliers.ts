import type { LocalSupplier, Suppliers } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, latest, sinceOf } from './feed.ts';
import { type Row, read } from './row.ts';

/** Tryton has no kind of identifier for D-U-N-S: by custom it is written with its name, `DUNS-025460908`. */
const dunsPattern = /^D-?U-?N-?S[-: ]*(\d{9})$/i;

const dunsOf = (identifiers: readonly Row[]): string | null => {
  for (const row of identifiers) {
    const digits = dunsPattern.exec(read.text(row, 'code') ?? '')?.[1];
    if (digits !== undefined) return digits;
  }
  return null;
};

const toSupplier = (row: Row): LocalSupplier => {
  const identifiers = read.children(row, 'identifiers');
  return {
    localId: read.code(row) ?? '',
    name: read.text(row, 'name') ?? '',
    // Tryton knows no hold: a party is active or it is not.
    status: read.flag(row, 'active') ? 'ACTIVE' : 'INACTIVE',
    duns: dunsOf(identifiers),
    changedAt: latest(...[row, ...identifiers].map(read.changedAt)),
  };
};

/** Parties other than our own company. Tryton does not mark a party as a supplier; with a category, only its parties count. */
export const trytonSuppliers = (client: TrytonClient, category: string | null): Suppliers => ({
  changedSince: async (cursor, call) => {
    const company = await client.company(call);
    const rows = await client.find(
      {
        model: 'party.party',
        where: [
          ['id', '!=', company.partyId],
          ...(category === null ? [] : [['categories.name', '=', category]]),
          ...changedSince(sinceOf(cursor), ['identifiers']),
        ],
        fields: [
          'code',
          'name',
          'active',
          'create_date',
          'write_date',
          'identifiers.code',
          'identifiers.create_date',
          'identifiers.write_date',
        ],
      },
      call,
    );
    const records = rows.map(toSupplier);
    return changesOf(records, cursor);
  },
});

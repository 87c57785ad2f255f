import type { Call } from '../../platform/call.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { Domain, TrytonClient } from './client.ts';
import type { Row } from './row.ts';

/** The condition that a record has this business code, or, for `#17`, this number in the database. */
export const withCode = (localId: string): Domain => {
  const id = /^#(\d+)$/.exec(localId)?.[1];
  return id === undefined ? ['code', '=', localId] : ['id', '=', Number(id)];
};

export interface Wanted {
  readonly model: string;
  /** In a buyer's words: "supplier". */
  readonly what: string;
  readonly localId: string;
  readonly where?: Domain;
  readonly fields: readonly string[];
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The one master record with this code; throws SystemRefused when there is none or more than one. */
export const findMaster = async (
  client: TrytonClient,
  wanted: Wanted,
  call: Call,
): Promise<Row> => {
  const rows = await client.find(
    {
      model: wanted.model,
      where: [withCode(wanted.localId), ...(wanted.where ?? [])],
      fields: wanted.fields,
      ...(wanted.context === undefined ? {} : { context: wanted.context }),
    },
    call,
  );
  const [row] = rows;
  if (row !== undefined && rows.length === 1) return row;
  const found = rows.length === 0 ? 'has no' : `has ${rows.length} records for the`;
  throw new SystemRefused(
    `${client.system} ${found} ${wanted.what} ${wanted.localId} (${wanted.model}).`,
    { system: client.system, operation: `find ${wanted.what}`, kind: 'permanent' },
  );
};

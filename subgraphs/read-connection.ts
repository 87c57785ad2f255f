import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../platform/tables.generated.ts';
import { type Connection, type Page, rowsToRead, toConnection } from './connection.ts';
import type { Keyset } from './keyset.ts';

/** A list of rows, as SQL: every list of the graph is read in the same way. */
export interface List {
  readonly db: Kysely<Tables>;
  /** What is read, with its alias: `hub.receipt r`. */
  readonly from: RawBuilder<unknown>;
  /** The alias whose columns are the row. */
  readonly row: string;
  /** All of these must hold. */
  readonly where: readonly RawBuilder<unknown>[];
  readonly order: Keyset;
}

type Keyed<Row> = Row & { readonly id: string; readonly cursorKey: string };

/** The conditions that a filter makes; a part of the filter that is not given narrows nothing. */
export const conditions = (
  parts: readonly (RawBuilder<unknown> | false | '' | null | undefined)[],
): RawBuilder<unknown>[] => parts.filter((part) => typeof part === 'object' && part !== null);

const all = (where: readonly RawBuilder<unknown>[]): RawBuilder<SqlBool> =>
  where.length === 0 ? sql`true` : sql`${sql.join(where, sql` and `)}`;

const selection = ({ row, order }: List): RawBuilder<unknown> =>
  sql`${sql.ref(row)}.*, ${order.key} as cursor_key`;

/** One page of the list. The list is counted only when the count is called for. */
export const readConnection = async <Row>(list: List, page: Page): Promise<Connection<Row>> => {
  const { db, from, order } = list;
  const where = all(list.where);
  const { rows } = await sql<Keyed<Row>>`
    select ${selection(list)} from ${from} where ${where} and ${order.behind(page.after)}
    order by ${order.order} limit ${rowsToRead(page)}`.execute(db);
  return toConnection(rows, { page, order }, async () => {
    const counted = await sql<{
      n: string;
    }>`select count(*) as n from ${from} where ${where}`.execute(db);
    return Number(counted.rows.at(0)?.n ?? 0);
  });
};

/** One page for each of many parents, in the order of the ids; all of them in one statement. */
export const readConnectionByParent = async <Row>(
  list: List & { readonly parent: RawBuilder<unknown> },
  parentIds: readonly string[],
  page: Page,
): Promise<Connection<Row>[]> => {
  const { db, from, order, parent } = list;
  const where = all(list.where);
  const parents = sql`unnest(${[...parentIds]}::text[])`;
  const { rows } = await sql<Keyed<Row> & { parentId: string }>`
    select page.* from ${parents} with ordinality parent(id, nth) cross join lateral (
      select ${selection(list)}, parent.id as parent_id, row_number() over (order by ${order.order}) as row_nth
      from ${from} where ${parent} = parent.id and ${where} and ${order.behind(page.after)}
      order by ${order.order} limit ${rowsToRead(page)}) page
    order by parent.nth, page.row_nth`.execute(db);
  const byParent = Map.groupBy(rows, ({ parentId }) => parentId);
  let counts: Promise<ReadonlyMap<string, number>> | undefined;
  const countAll = async (): Promise<ReadonlyMap<string, number>> => {
    const counted = await sql<{ id: string; n: string }>`
      select ${parent} as id, count(*) as n from ${from}
      where ${parent} = any(${[...parentIds]}::text[]) and ${where} group by 1`.execute(db);
    return new Map(counted.rows.map(({ id, n }) => [id, Number(n)]));
  };
  return parentIds.map((id) =>
    toConnection(byParent.get(id) ?? [], { page, order }, async () => {
      counts ??= countAll();
      return (await counts).get(id) ?? 0;
    }),
  );
};

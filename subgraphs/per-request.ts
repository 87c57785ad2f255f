import DataLoader from 'dataloader';
import type { Connection, Page } from './connection.ts';
import type { Context } from './context.ts';

/** Makes a thing once for each request, and lets go of it with the request. */
export const perRequest = <T>(make: (context: Context) => T): ((context: Context) => T) => {
  const made = new WeakMap<Context, T>();
  return (context) => {
    const known = made.get(context);
    if (known !== undefined) return known;
    const value = make(context);
    made.set(context, value);
    return value;
  };
};

/** Loads records by a key; one read for all keys of a level, null for what is not there. */
export const oneByKey = <Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> =>
  new DataLoader(
    async (keys) => {
      const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: 10_000 },
  );

/** Loads the records that belong to a key, in the order in which they are read; one read for all keys of a level. */
export const manyByKey = <Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, readonly Row[]> =>
  new DataLoader(
    async (keys) => {
      const rows = Map.groupBy(await read(keys), keyOf);
      return keys.map((key) => rows.get(key) ?? []);
    },
    { maxBatchSize: 10_000 },
  );

/** A page of the list that hangs on one parent. */
export interface PageOfParent extends Page {
  readonly parentId: string;
}

/** Loads one page for each of many parents; one read for all parents that ask for the same page. */
export const pageByParent = <T>(
  read: (parentIds: readonly string[], page: Page) => Promise<readonly Connection<T>[]>,
): DataLoader<PageOfParent, Connection<T>, string> =>
  new DataLoader(
    async (wanted) => {
      const found = new Map<PageOfParent, Connection<T>>();
      const samePage = Map.groupBy(wanted, ({ first, after }) => `${first} ${after}`);
      await Promise.all(
        [...samePage.values()].map(async (group) => {
          const [page] = group;
          if (page === undefined) return;
          const pages = await read(
            group.map(({ parentId }) => parentId),
            page,
          );
          group.forEach((one, index) => {
            const connection = pages[index];
            if (connection !== undefined) found.set(one, connection);
          });
        }),
      );
      return wanted.map((one) => found.get(one) ?? new Error(`No page for ${one.parentId}.`));
    },
    { cacheKeyFn: ({ parentId, first, after }) => JSON.stringify([parentId, first, after]) },
  );

import { inputRefused } from './input-refused.ts';
import type { Keyset } from './keyset.ts';

const largestPage = 200;

/** Which page of a list is asked for. */
export interface Page {
  readonly first: number;
  readonly after: string | null;
}

/** A page of a list; counting the whole list is work that is only done when asked for. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly count: () => Promise<number>;
}

/** The page that a field's arguments ask for; 20 entries when they do not say. Refuses more than 200 at once. */
export const readPage = (args: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): Page => {
  const first = args.first ?? 20;
  if (first < 1 || first > largestPage)
    throw inputRefused(
      `\`first\` must be between 1 and ${largestPage}, not ${first}: ask for more pages with \`after\`.`,
    );
  return { first, after: args.after ?? null };
};

/** One row more than the page is read, to know whether there is a next page. */
export const rowsToRead = (page: Page): number => page.first + 1;

/** The page from its rows, of which there may be one more than it shows. */
export const toConnection = <Row extends { readonly id: string; readonly cursorKey: string }>(
  rows: readonly Row[],
  { page, order }: { readonly page: Page; readonly order: Keyset },
  count: () => Promise<number>,
): Connection<Row> => {
  const edges = rows.slice(0, page.first).map((node) => ({
    cursor: order.cursorOf({ key: node.cursorKey, id: node.id }),
    node,
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      // A cursor points behind an entry of this list, so there is at least that one before.
      hasPreviousPage: page.after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count,
  };
};

/** The resolvers of every connection type. */
export const connectionResolvers = {
  totalCount: (connection: Connection<unknown>): Promise<number> => connection.count(),
};

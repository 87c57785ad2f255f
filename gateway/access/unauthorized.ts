import type { GraphQLFormattedError } from 'graphql';

/** What a client hears in a place that it may not read, in the words that clients of Apollo Router know. */
export const unauthorized = (path: readonly (string | number)[]): GraphQLFormattedError => ({
  message: 'Unauthorized field or type',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

import { GraphQLError } from 'graphql';

/** What the caller handed in cannot be used; the message says what to hand in instead. */
export const inputRefused = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

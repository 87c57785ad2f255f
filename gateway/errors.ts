import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { SystemRefused, SystemUnavailable } from '../platform/system-error.ts';

/** Told about every failure that no client may see the inside of: bugs, and what systems really answered. */
export type FailureReport = (error: unknown) => void;

const longestMessage = 1_000;

const clip = (message: string): string =>
  message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;

const internalError: GraphQLFormattedError = {
  message: 'Internal server error.',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
};

type SystemFailure = SystemUnavailable | SystemRefused;

const isSystemFailure = (error: unknown): error is SystemFailure =>
  error instanceof SystemUnavailable || error instanceof SystemRefused;

/** What tells failures of one kind apart: TimeoutError (of a DOMException or of ours) and ConnectionLost. */
const causeOf = (error: SystemUnavailable): string | undefined =>
  (error.cause as Error | undefined)?.name;

const unavailable = (error: SystemUnavailable): { code: string; message: string } => {
  const system = `"${error.system}"`;
  const cause = causeOf(error);
  if (cause === 'TimeoutError')
    return { code: 'DEADLINE_EXCEEDED', message: `${system} did not answer in time.` };
  if (cause === 'ConnectionLost') {
    const message = `The connection to ${system} was lost, and messages with it perhaps. Subscribe again.`;
    return { code: 'SUBSCRIPTION_INTERRUPTED', message };
  }
  switch (error.kind) {
    case 'throttled':
      return { code: 'SYSTEM_THROTTLED', message: `${system} asks for fewer calls.` };
    case 'auth':
      return { code: 'SYSTEM_UNAUTHORIZED', message: `${system} did not accept the call.` };
    case 'ambiguous':
      return {
        code: 'OUTCOME_UNKNOWN',
        message: `It is not known whether ${system} carried out the operation. Look before trying again.`,
      };
    default:
      return { code: 'SYSTEM_UNAVAILABLE', message: `${system} is not available.` };
  }
};

const wording = (error: SystemFailure): { code: string; message: string } =>
  error instanceof SystemRefused
    ? { code: 'SYSTEM_REFUSED', message: clip(error.message) }
    : unavailable(error);

/**
 * What a client is told about a thrown failure, and the only place where failures become `extensions.code`.
 * An unavailable system is named but its words are not repeated; a system that refused is quoted; a bug says nothing.
 */
export const describeFailure = (error: unknown): GraphQLFormattedError => {
  if (!isSystemFailure(error)) return internalError;
  const { code, message } = wording(error);
  const extensions: Record<string, unknown> = {
    code,
    system: error.system,
    retryable: error.retryable,
  };
  if (error.retryAfterMs !== undefined) extensions['retryAfterMs'] = error.retryAfterMs;
  return { message, extensions };
};

const thrownByResolver = (error: GraphQLError): unknown => {
  let inner: unknown = error.originalError;
  while (inner instanceof GraphQLError && inner.originalError) inner = inner.originalError;
  return inner instanceof GraphQLError ? undefined : inner;
};

/** The error of a resolver of ours as its client may see it: path kept, bugs hidden and reported. */
export const describeResolverError = (
  error: GraphQLError,
  report: FailureReport,
): GraphQLFormattedError => {
  const thrown = thrownByResolver(error);
  const place = error.path ? { path: error.path } : {};
  if (thrown === undefined) return { ...describeGraphQLError(error.toJSON()), ...place };
  report(thrown);
  return { ...describeFailure(thrown), ...place };
};

const withoutStack = (extensions: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { stacktrace, exception, stack, http, ...rest } = extensions;
  return rest;
};

const describeGraphQLError = (error: GraphQLFormattedError): GraphQLFormattedError => {
  const { message, path, extensions } = error;
  const words = extensions && typeof extensions === 'object' ? withoutStack(extensions) : {};
  return {
    message: clip(message),
    ...(Array.isArray(path) ? { path } : {}),
    ...(Object.keys(words).length > 0 ? { extensions: words } : {}),
  };
};

const unexplained = new Set<unknown>([undefined, null, 'INTERNAL_SERVER_ERROR']);

/**
 * An error that a remote subgraph put into its answer. Stacks never pass; with `mask`, neither do the words of an error
 * that its subgraph did not name by a code of its own, because such words come from a driver and not from an author.
 */
export const describeSubgraphError = (
  error: GraphQLFormattedError,
  mask: boolean,
): GraphQLFormattedError => {
  const described = describeGraphQLError(error);
  if (!(mask && unexplained.has(described.extensions?.['code']))) return described;
  return {
    message: 'The subgraph failed.',
    ...(described.path ? { path: described.path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
};

const suggestion = / Did you mean [\s\S]*\?$/;

/** A refusal of an operation as its client sees it. In production nothing hints at names that the client did not know. */
export const describeRefusal = (
  error: GraphQLError,
  production: boolean,
): GraphQLFormattedError => {
  const { message, locations, path, extensions } = error.toJSON();
  const code = extensions?.['code'] ?? 'GRAPHQL_VALIDATION_FAILED';
  return {
    message: clip(production ? message.replace(suggestion, '') : message),
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { ...withoutStack(extensions ?? {}), code },
  };
};

/** A typed refusal: the code is for programs, the message for people. */
export const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

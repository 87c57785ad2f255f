import { GraphQLError } from 'graphql';
import { OperationRefused } from '../execution/operation-refused.ts';
import { AutomaticOperations } from './automatic-operations.ts';
import { operationHash } from './operation-hash.ts';
import type { Safelist } from './safelist.ts';

/** The parts of a request that say which operation is meant. */
export interface Asked {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

export interface PersistedOptions {
  readonly safelist: Safelist | null;
  /** True in production: nothing but registered operations runs. */
  readonly registeredOnly: boolean;
}

const refuse = (code: string, message: string): never => {
  throw new OperationRefused([new GraphQLError(message, { extensions: { code } })]);
};

const prefix = 'sha256:';
const wellFormed = /^[0-9a-f]{64}$/;

const checkedId = (id: unknown): string => {
  const value = typeof id === 'string' ? id.toLowerCase() : '';
  const hash = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  return wellFormed.test(hash)
    ? hash
    : refuse('BAD_REQUEST', 'The id of a persisted operation is a SHA-256 in hex.');
};

/** The id that the request names: `documentId`, or `extensions.persistedQuery` as Apollo's clients word it. */
const askedId = ({ documentId, extensions }: Asked): string | null => {
  if (documentId !== undefined) return checkedId(documentId);
  const persisted = extensions?.['persistedQuery'];
  if (persisted === undefined || persisted === null) return null;
  const { version, sha256Hash } = persisted as Readonly<Record<string, unknown>>;
  if (version !== 1) refuse('BAD_REQUEST', 'extensions.persistedQuery.version must be 1.');
  return checkedId(sha256Hash);
};

/** Finds the text of the operation that a request means. */
export class PersistedOperations {
  readonly #options: PersistedOptions;
  readonly #automatic = new AutomaticOperations();

  constructor(options: PersistedOptions) {
    this.#options = options;
  }

  /** The operation's text. Throws OperationRefused: unknown id, wrong id, or not registered where that is required. */
  sourceOf(asked: Asked, client: string | null): string {
    const id = askedId(asked);
    if (this.#options.registeredOnly) return this.#registered(asked, id, client);
    if (id === null) return asked.query ?? refuse('BAD_REQUEST', '"query" must be there.');
    if (asked.query === undefined) return this.#known(id, client);
    if (operationHash(asked.query) !== id)
      refuse('PERSISTED_QUERY_ID_MISMATCH', 'The id is not the SHA-256 of the query.');
    return asked.query;
  }

  /** To be called once an operation has proved valid: from now on its id will do. */
  remember(asked: Asked, client: string | null): void {
    if (asked.query === undefined || this.#options.registeredOnly) return;
    const id = askedId(asked);
    if (id !== null) this.#automatic.remember(id, client, asked.query);
  }

  #registered(asked: Asked, id: string | null, client: string | null): string {
    const wanted = id ?? operationHash(asked.query ?? '');
    return (
      this.#options.safelist?.find(wanted, client) ??
      refuse('OPERATION_NOT_REGISTERED', 'This operation is not registered for this client.')
    );
  }

  #known(id: string, client: string | null): string {
    return (
      this.#options.safelist?.find(id, client) ??
      this.#automatic.find(id, client) ??
      // Apollo's clients look for exactly this message, and then send the text.
      refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
    );
  }
}

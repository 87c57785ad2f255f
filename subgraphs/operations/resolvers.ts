import type { Database } from '../../platform/database.ts';
import { connectionResolvers, readPage } from '../connection.ts';
import type { Context } from '../context.ts';
import { perRequest } from '../per-request.ts';
import { mayReadAudit, requireAuditReader } from './audit-reader.ts';
import { documentResolvers } from './document-resolvers.ts';
import { documentStore } from './document-store.ts';
import { type Loaders, operationsLoaders, type Stores } from './loaders.ts';
import type { Stewardship } from './ports.ts';
import { traceStore } from './trace-store.ts';
import type { Resolvers } from './types.generated.ts';
import { workStore } from './work-store.ts';

/** What stands behind the operations subgraph. */
export interface OperationsPorts {
  readonly database: Database;
  readonly stewardship: Stewardship;
  /** What a connected system is for, in words for people. */
  readonly purposeOf: (system: string) => string;
}

type LoadersOf = (context: Context) => Loaders;

const queries = ({ work }: Stores, loaders: LoadersOf): NonNullable<Resolvers['Query']> => ({
  trace: (_, { correlationId }, context) => loaders(context).trace.load(correlationId),
  exceptions: (_, args, { identity }) =>
    work.exceptionPage(identity, args.filter ?? {}, readPage(args)),
  deadLetters: (_, args, { identity }) => work.deadLetterPage(identity, readPage(args)),
  systemHealth: () => work.systems(),
  auditEntries: (_, args, { identity }) => {
    requireAuditReader(identity);
    return work.auditPage(identity, args.filter ?? {}, readPage(args));
  },
  me: (_root, _args, { identity }) => identity,
});

const mutations = (
  { stewardship }: OperationsPorts,
  loaders: LoadersOf,
): NonNullable<Resolvers['Mutation']> => ({
  approveMapping: async (_, { input }, context) => {
    const outcome = await stewardship.approveMapping(input, context.identity);
    if (outcome.kind === 'REFUSED') return { __typename: 'MappingRefused', reason: outcome.reason };
    const { exception } = loaders(context);
    const released = await Promise.all(
      outcome.releasedExceptionIds.map((id) => exception.clear(id).load(id)),
    );
    const { entity, localId, canonicalId } = input;
    return {
      __typename: 'MappingApproved',
      entity,
      localId,
      canonicalId,
      released: released.filter((one) => one !== null),
    };
  },
  retryDeadLetter: async (_, { id }, context) => {
    const { deadLetter } = loaders(context);
    const refused = (reason: string) => ({ __typename: 'DeadLetterRefused' as const, reason });
    const missing = refused(`There is no dead letter ${id}, or the caller may not see it.`);
    if ((await deadLetter.load(id)) === null) return missing;
    const outcome = await stewardship.retryDeadLetter(id, context.identity);
    if (outcome.kind === 'REFUSED') return refused(outcome.reason);
    const taken = await deadLetter.clear(id).load(id);
    return taken === null ? missing : { __typename: 'DeadLetterRetried', deadLetter: taken };
  },
});

const traces = (loaders: LoadersOf): Pick<Resolvers, 'Trace' | 'Exception' | 'DeadLetter'> => ({
  Trace: {
    __resolveReference: ({ correlationId }, context) => loaders(context).trace.load(correlationId),
    steps: ({ correlationId }, _, context) => loaders(context).traceSteps.load(correlationId),
    milestones: ({ correlationId }, _, context) => loaders(context).milestones.load(correlationId),
    openExceptions: ({ correlationId }, _, context) =>
      loaders(context).openExceptions.load(correlationId),
    requisition: ({ correlationId }, _, context) =>
      loaders(context).requisitionOfTrace.load(correlationId),
    purchaseOrders: ({ correlationId }, _, context) =>
      loaders(context).ordersOfTrace.load(correlationId),
  },
  Exception: {
    __resolveReference: ({ id }, context) => loaders(context).exception.load(id),
    missingMapping: ({ missingEntity, missingSystem, missingLocalId }) =>
      missingEntity === null || missingSystem === null || missingLocalId === null
        ? null
        : { entity: missingEntity, system: missingSystem, localId: missingLocalId },
  },
  DeadLetter: {
    __resolveReference: ({ id }, context) => loaders(context).deadLetter.load(id),
    // Work that names no owner is the integrators'.
    ownerRole: ({ owner }) => owner ?? 'integration-architect',
    retriedAt: ({ replayedAt }) => replayedAt,
  },
});

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Traces, exceptions, dead letters, audit, health, and what has to happen next. */
export const resolvers = (ports: OperationsPorts): Resolvers => {
  const { database, purposeOf } = ports;
  const stores: Stores = {
    documents: documentStore(database),
    traces: traceStore(database),
    work: workStore(database),
  };
  const loaders = perRequest(({ identity }) => operationsLoaders(stores, identity));
  return {
    Query: queries(stores, loaders),
    Mutation: mutations(ports, loaders),
    ...traces(loaders),
    ...documentResolvers(loaders),
    SystemHealth: {
      __resolveReference: async ({ system }) =>
        (await stores.work.systems()).find((one) => one.system === system) ?? null,
      purpose: ({ system }) => purposeOf(system),
    },
    AuditEntry: {
      __resolveReference: ({ id }, context) =>
        mayReadAudit(context.identity) ? loaders(context).auditEntry.load(id) : null,
      at: ({ recordedAt }) => recordedAt,
      actor: ({ actorName }) => actorName,
      before: ({ before }) => json(before),
      after: ({ after }) => json(after),
    },
    ExceptionConnection: connectionResolvers,
    DeadLetterConnection: connectionResolvers,
    AuditEntryConnection: connectionResolvers,
  };
};

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { TraceRecord, TraceStepRecord, ExceptionRecord, ExceptionPage, DeadLetterRecord, DeadLetterPage, SystemHealthRecord, AuditEntryRecord, AuditEntryPage, Reference } from './records.ts';
import type { ProvenanceRecord } from '../provenance.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal number written as a string, so that no digit is lost on the way. "100", "100.000" and "1e2" are equal. */
  Decimal: { input: string; output: string; }
  /** A moment in UTC, written as an ISO 8601 instant such as 2026-11-23T09:31:00.000Z. */
  Instant: { input: string; output: Date | string; }
  /** A date of business in the facility's own calendar, written YYYY-MM-DD. */
  LocalDate: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Names what one code stands for. */
export type ApproveMappingInput = {
  /** The hub's id of what it stands for. */
  readonly canonicalId: Scalars['ID']['input'];
  /** What kind of thing the code names. */
  readonly entity: MappedEntity;
  /** The code as that system writes it. */
  readonly localId: Scalars['String']['input'];
  /** The system whose code it is, by the name the hub knows it by. */
  readonly system: Scalars['String']['input'];
};

/** What can come of approving a mapping. */
export type ApproveMappingResult = MappingApproved | MappingRefused;

/** One line of the audit trail. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** What was done. */
  readonly action: Scalars['String']['output'];
  /** Who did it. */
  readonly actor: Scalars['String']['output'];
  /** The document's state after, as JSON text. */
  readonly after?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly at: Scalars['Instant']['output'];
  /** The rule, role or policy that allowed it. */
  readonly authority: Scalars['String']['output'];
  /** The document's state before, as JSON text; null when it did not exist. */
  readonly before?: Maybe<Scalars['String']['output']>;
  /** The request it belongs to; null when it stands alone. */
  readonly correlationId?: Maybe<Scalars['ID']['output']>;
  /** The line's number. */
  readonly id: Scalars['ID']['output'];
  /** The document's id. */
  readonly subjectId: Scalars['ID']['output'];
  /** What kind of document it was done to. */
  readonly subjectType: Scalars['String']['output'];
};

/** Pages of the audit trail. */
export type AuditEntryConnection = {
  readonly __typename?: 'AuditEntryConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of the audit trail. */
export type AuditEntryEdge = {
  readonly __typename?: 'AuditEntryEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The audit line. */
  readonly node: AuditEntry;
};

/** Narrows the audit trail; every part that is given must hold. */
export type AuditFilter = {
  /** Only lines of this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only lines about this document. */
  readonly subjectId?: InputMaybe<Scalars['ID']['input']>;
};

/** Work that was tried to the end and failed. */
export type DeadLetter = {
  readonly __typename?: 'DeadLetter';
  /** The request it belongs to; null when it stands alone. */
  readonly correlationId?: Maybe<Scalars['ID']['output']>;
  /** The message of the last failure. */
  readonly error: Scalars['String']['output'];
  /** transient, permanent, throttled, auth or ambiguous. */
  readonly errorClass: Scalars['String']['output'];
  /** When it was given up. */
  readonly failedAt: Scalars['Instant']['output'];
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The role that has to act. */
  readonly ownerRole: Scalars['String']['output'];
  /** When it was taken up again; null until then. */
  readonly retriedAt?: Maybe<Scalars['Instant']['output']>;
  /** The workflow that failed. */
  readonly workflow: Scalars['String']['output'];
};

/** Pages of dead letters. */
export type DeadLetterConnection = {
  readonly __typename?: 'DeadLetterConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<DeadLetterEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of dead letters. */
export type DeadLetterEdge = {
  readonly __typename?: 'DeadLetterEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The dead letter. */
  readonly node: DeadLetter;
};

/** The work was not taken up. */
export type DeadLetterRefused = {
  readonly __typename?: 'DeadLetterRefused';
  /** In words, with what to do instead. */
  readonly reason: Scalars['String']['output'];
};

/** The work is under way again. */
export type DeadLetterRetried = {
  readonly __typename?: 'DeadLetterRetried';
  /** The dead letter that was taken up. */
  readonly deadLetter: DeadLetter;
};

/** Something that a person has to look at. */
export type Exception = {
  readonly __typename?: 'Exception';
  /** The request it belongs to; null when it stands alone. */
  readonly correlationId?: Maybe<Scalars['ID']['output']>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What kind of trouble it is. */
  readonly kind: ExceptionKind;
  /** What is wrong and what to do, in words. */
  readonly message: Scalars['String']['output'];
  /** The mapping that is missing; null when that is not the trouble. */
  readonly missingMapping?: Maybe<MissingMapping>;
  /** The role that has to act. */
  readonly ownerRole: Scalars['String']['output'];
  /** When it was raised. */
  readonly raisedAt: Scalars['Instant']['output'];
  /** The raw document as it arrived; null when there is none. Only its id: the text is for stewards. */
  readonly rawDocumentId?: Maybe<Scalars['ID']['output']>;
  /** When it was settled; null while it is open. */
  readonly resolvedAt?: Maybe<Scalars['Instant']['output']>;
  /** Where the steps to mend it are written down. */
  readonly runbook: Scalars['String']['output'];
  /** Whether somebody still has to act. */
  readonly status: ExceptionStatus;
};

/** Pages of exceptions. */
export type ExceptionConnection = {
  readonly __typename?: 'ExceptionConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<ExceptionEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of exceptions. */
export type ExceptionEdge = {
  readonly __typename?: 'ExceptionEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The exception. */
  readonly node: Exception;
};

/** Narrows a list of exceptions; every part that is given must hold. */
export type ExceptionFilter = {
  /** Only those of this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this kind. */
  readonly kind?: InputMaybe<ExceptionKind>;
  /** Only open ones, or only settled ones. */
  readonly status?: InputMaybe<ExceptionStatus>;
};

/** The kinds of trouble that wait for a person. */
export type ExceptionKind =
  /** The budget does not allow it. */
  | 'BUDGET_EXCEEDED'
  /** The budget could not be checked. */
  | 'BUDGET_UNAVAILABLE'
  /** A document is not usable as it is. */
  | 'MALFORMED_DOCUMENT'
  /** A code is not mapped. */
  | 'MISSING_MAPPING'
  /** No approved source sells the item. */
  | 'NO_APPROVED_SOURCE'
  /** The supplier answered with something other than yes. */
  | 'SUPPLIER_RESPONSE'
  /** A system refused, or did not answer to the end of all tries. */
  | 'SYSTEM_FAILURE';

/** Whether somebody still has to act. */
export type ExceptionStatus =
  /** Somebody has to act. */
  | 'OPEN'
  /** Settled. */
  | 'RESOLVED';

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** Whether a system answers. */
export type HealthStatus =
  /** It answers slowly, or not always. */
  | 'DEGRADED'
  /** It does not answer. */
  | 'DOWN'
  /** It answers. */
  | 'UP';

/** A supplier's bill; here with what has to happen next. */
export type Invoice = {
  readonly __typename?: 'Invoice';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What has to happen next; null when nothing has. */
  readonly nextAction?: Maybe<NextAction>;
};

/** The kinds of things that are mapped. */
export type MappedEntity =
  /** A cost centre. */
  | 'COST_CENTER'
  /** A department. */
  | 'DEPARTMENT'
  /** A facility. */
  | 'FACILITY'
  /** An item. */
  | 'ITEM'
  /** A supplier. */
  | 'SUPPLIER';

/** The mapping holds from now on. */
export type MappingApproved = {
  readonly __typename?: 'MappingApproved';
  /** What it stands for now. */
  readonly canonicalId: Scalars['ID']['output'];
  /** What kind of thing was mapped. */
  readonly entity: MappedEntity;
  /** The code that was mapped. */
  readonly localId: Scalars['String']['output'];
  /** The exceptions that it settled; their work goes on by itself. */
  readonly released: ReadonlyArray<Exception>;
};

/** The mapping was not made. */
export type MappingRefused = {
  readonly __typename?: 'MappingRefused';
  /** In words, with what to do instead. */
  readonly reason: Scalars['String']['output'];
};

/** A code that nobody has mapped. */
export type MissingMapping = {
  readonly __typename?: 'MissingMapping';
  /** What kind of thing the code names. */
  readonly entity: MappedEntity;
  /** The code. */
  readonly localId: Scalars['String']['output'];
  /** The system whose code it is. */
  readonly system: Scalars['String']['output'];
};

/** An exact amount with its currency. Unit prices carry up to six decimals; totals are rounded once, at posting. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount as an exact decimal, for example "19.99". */
  readonly amount: Scalars['Decimal']['output'];
  /** The ISO 4217 code of the currency, for example USD. */
  readonly currency: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says what a system's own code stands for. Everything that waited for this mapping goes on. */
  readonly approveMapping: ApproveMappingResult;
  /** Tries failed work once more. It looks first whether the work was done after all, so that nothing is done twice. */
  readonly retryDeadLetter: RetryDeadLetterResult;
};


export type MutationApproveMappingArgs = {
  input: ApproveMappingInput;
};


export type MutationRetryDeadLetterArgs = {
  id: Scalars['ID']['input'];
};

/** What has to happen next, and who has to do it. */
export type NextAction = {
  readonly __typename?: 'NextAction';
  /** What it has to do. */
  readonly action: Scalars['String']['output'];
  /** By when; null when nothing was promised. */
  readonly dueAt?: Maybe<Scalars['Instant']['output']>;
  /** Since when. */
  readonly since: Scalars['Instant']['output'];
  /** The role or system that everybody waits for. */
  readonly waitingOn: Scalars['String']['output'];
  /** Why, in words. */
  readonly why: Scalars['String']['output'];
};

/** Where a page of a list starts and ends, and whether there is more. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Pass as `after` to go on; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** True when there is at least one more entry after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True when there is at least one entry before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Pass as `before` to go back; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Where a piece of data came from, so that a reader can judge how far to trust it. */
export type Provenance = {
  readonly __typename?: 'Provenance';
  /** When the source last said so. */
  readonly asOf: Scalars['Instant']['output'];
  /** The system or governed file that said so, by the name the hub knows it by. */
  readonly source: Scalars['String']['output'];
  /** True when the source has not confirmed this within the time its feed promises. */
  readonly stale: Scalars['Boolean']['output'];
};

/** An order to a supplier; here with what has to happen next. */
export type PurchaseOrder = {
  readonly __typename?: 'PurchaseOrder';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What has to happen next; null when nothing has. */
  readonly nextAction?: Maybe<NextAction>;
  /** Everything that happened for the request behind it. */
  readonly trace?: Maybe<Trace>;
};

/** How much of something, always with the unit it is counted in. */
export type Quantity = {
  readonly __typename?: 'Quantity';
  /** The unit by UN/ECE Recommendation 20 or UCUM: EA for each, BX for box. */
  readonly unit: Scalars['String']['output'];
  /** The number of units as an exact decimal. */
  readonly value: Scalars['Decimal']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** Who did what, newest first; for auditors. */
  readonly auditEntries: AuditEntryConnection;
  /** Work that was tried to the end and failed, newest first. */
  readonly deadLetters: DeadLetterConnection;
  /** Work that a person has to look at, oldest first. */
  readonly exceptions: ExceptionConnection;
  /** Who is asking: the identity that every rule is applied to. */
  readonly me: Viewer;
  /** How the connected systems are, as the hub last saw them. */
  readonly systemHealth: ReadonlyArray<SystemHealth>;
  /** Everything that happened for one request, in every system, in order; null when the hub knows no such correlation id. */
  readonly trace?: Maybe<Trace>;
};


export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDeadLettersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryExceptionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ExceptionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryTraceArgs = {
  correlationId: Scalars['ID']['input'];
};

/** Goods that came; here with what has to happen next. */
export type Receipt = {
  readonly __typename?: 'Receipt';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What has to happen next; null when nothing has. */
  readonly nextAction?: Maybe<NextAction>;
};

/** A department's wish for goods; here with what has to happen next. */
export type Requisition = {
  readonly __typename?: 'Requisition';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What has to happen next; null when nothing has. */
  readonly nextAction?: Maybe<NextAction>;
  /** Everything that happened for this request. */
  readonly trace: Trace;
};

/** What can come of trying failed work again. */
export type RetryDeadLetterResult = DeadLetterRefused | DeadLetterRetried;

/** A ward's request; here with what has to happen next. */
export type SupplyRequest = {
  readonly __typename?: 'SupplyRequest';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What has to happen next; null when nothing has. */
  readonly nextAction?: Maybe<NextAction>;
  /** Everything that happened for this request. */
  readonly trace?: Maybe<Trace>;
};

/** How one connected system is. */
export type SystemHealth = {
  readonly __typename?: 'SystemHealth';
  /** When the hub last looked. */
  readonly checkedAt: Scalars['Instant']['output'];
  /** The last failure, in words; null when there was none. */
  readonly lastError?: Maybe<Scalars['String']['output']>;
  /** How long the last answer took, in milliseconds; null when there was none. */
  readonly latencyMs?: Maybe<Scalars['Int']['output']>;
  /** What it is for. */
  readonly purpose: Scalars['String']['output'];
  /** Whether it answers. */
  readonly status: HealthStatus;
  /** The name the hub knows it by. */
  readonly system: Scalars['ID']['output'];
};

/** Everything that happened for one request. */
export type Trace = {
  readonly __typename?: 'Trace';
  /** Ties together everything that follows from one request, in every system. */
  readonly correlationId: Scalars['ID']['output'];
  /** Each status change that came of it, oldest first. */
  readonly milestones: ReadonlyArray<TraceMilestone>;
  /** What has gone wrong and waits for somebody. */
  readonly openExceptions: ReadonlyArray<Exception>;
  /** The orders that came of it. */
  readonly purchaseOrders: ReadonlyArray<PurchaseOrder>;
  /** The requisition; null when the request never became one. */
  readonly requisition?: Maybe<Requisition>;
  /** When the first thing happened. */
  readonly startedAt: Scalars['Instant']['output'];
  /** Each step that the hub took, with its tries, oldest first. */
  readonly steps: ReadonlyArray<TraceStep>;
  /** When the last thing happened. */
  readonly updatedAt: Scalars['Instant']['output'];
};

/** One status change. */
export type TraceMilestone = {
  readonly __typename?: 'TraceMilestone';
  /** When it happened. */
  readonly occurredAt: Scalars['Instant']['output'];
  /** In words. */
  readonly summary: Scalars['String']['output'];
  /** What happened, as a type of event. */
  readonly type: Scalars['String']['output'];
};

/** One step that the hub took. */
export type TraceStep = {
  readonly __typename?: 'TraceStep';
  /** How many times it was tried. */
  readonly attempts: Scalars['Int']['output'];
  /** When the last try ended; null while it runs. */
  readonly endedAt?: Maybe<Scalars['Instant']['output']>;
  /** How the last try ended. */
  readonly outcome: Scalars['String']['output'];
  /** The message of the last failure; null when there was none. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** When the first try began. */
  readonly startedAt: Scalars['Instant']['output'];
  /** What was done. */
  readonly step: Scalars['String']['output'];
  /** The outside system that was asked; null for the hub's own work. */
  readonly system?: Maybe<Scalars['String']['output']>;
};

/** The caller. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** The name shown to people. */
  readonly name: Scalars['String']['output'];
  /** What the caller may act as. */
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
  /** The stable id of the person or machine. */
  readonly subject: Scalars['ID']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  AuditEntry: AuditEntry;
  DeadLetter: DeadLetter;
  Exception: Exception;
  Invoice: Invoice;
  PurchaseOrder: PurchaseOrder;
  Receipt: Receipt;
  Requisition: Requisition;
  SupplyRequest: SupplyRequest;
  SystemHealth: SystemHealth;
  Trace: Trace;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  AuditEntry:
    ( { __typename: 'AuditEntry' }
    & GraphQLRecursivePick<FederationTypes['AuditEntry'], {"id":true}> );
  DeadLetter:
    ( { __typename: 'DeadLetter' }
    & GraphQLRecursivePick<FederationTypes['DeadLetter'], {"id":true}> );
  Exception:
    ( { __typename: 'Exception' }
    & GraphQLRecursivePick<FederationTypes['Exception'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  PurchaseOrder:
    ( { __typename: 'PurchaseOrder' }
    & GraphQLRecursivePick<FederationTypes['PurchaseOrder'], {"id":true}> );
  Receipt:
    ( { __typename: 'Receipt' }
    & GraphQLRecursivePick<FederationTypes['Receipt'], {"id":true}> );
  Requisition:
    ( { __typename: 'Requisition' }
    & GraphQLRecursivePick<FederationTypes['Requisition'], {"id":true}> );
  SupplyRequest:
    ( { __typename: 'SupplyRequest' }
    & GraphQLRecursivePick<FederationTypes['SupplyRequest'], {"id":true}> );
  SystemHealth:
    ( { __typename: 'SystemHealth' }
    & GraphQLRecursivePick<FederationTypes['SystemHealth'], {"system":true}> );
  Trace:
    ( { __typename: 'Trace' }
    & GraphQLRecursivePick<FederationTypes['Trace'], {"correlationId":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ApproveMappingResult:
    | ( Omit<MappingApproved, 'released'> & { released: ReadonlyArray<_RefType['Exception']> } & { __typename: 'MappingApproved' } )
    | ( MappingRefused & { __typename: 'MappingRefused' } )
  ;
  RetryDeadLetterResult:
    | ( DeadLetterRefused & { __typename: 'DeadLetterRefused' } )
    | ( Omit<DeadLetterRetried, 'deadLetter'> & { deadLetter: _RefType['DeadLetter'] } & { __typename: 'DeadLetterRetried' } )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApproveMappingInput: ApproveMappingInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ApproveMappingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApproveMappingResult']>;
  AuditEntry: ResolverTypeWrapper<AuditEntryRecord>;
  AuditEntryConnection: ResolverTypeWrapper<AuditEntryPage>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditFilter: AuditFilter;
  DeadLetter: ResolverTypeWrapper<DeadLetterRecord>;
  DeadLetterConnection: ResolverTypeWrapper<DeadLetterPage>;
  DeadLetterEdge: ResolverTypeWrapper<Omit<DeadLetterEdge, 'node'> & { node: ResolversTypes['DeadLetter'] }>;
  DeadLetterRefused: ResolverTypeWrapper<DeadLetterRefused>;
  DeadLetterRetried: ResolverTypeWrapper<Omit<DeadLetterRetried, 'deadLetter'> & { deadLetter: ResolversTypes['DeadLetter'] }>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Exception: ResolverTypeWrapper<ExceptionRecord>;
  ExceptionConnection: ResolverTypeWrapper<ExceptionPage>;
  ExceptionEdge: ResolverTypeWrapper<Omit<ExceptionEdge, 'node'> & { node: ResolversTypes['Exception'] }>;
  ExceptionFilter: ExceptionFilter;
  ExceptionKind: ExceptionKind;
  ExceptionStatus: ExceptionStatus;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  HealthStatus: HealthStatus;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  Invoice: ResolverTypeWrapper<Reference>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  MappedEntity: MappedEntity;
  MappingApproved: ResolverTypeWrapper<Omit<MappingApproved, 'released'> & { released: ReadonlyArray<ResolversTypes['Exception']> }>;
  MappingRefused: ResolverTypeWrapper<MappingRefused>;
  MissingMapping: ResolverTypeWrapper<MissingMapping>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NextAction: ResolverTypeWrapper<NextAction>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  PurchaseOrder: ResolverTypeWrapper<Reference>;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<Reference>;
  Requisition: ResolverTypeWrapper<Reference>;
  RetryDeadLetterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RetryDeadLetterResult']>;
  SupplyRequest: ResolverTypeWrapper<Reference>;
  SystemHealth: ResolverTypeWrapper<SystemHealthRecord>;
  Trace: ResolverTypeWrapper<TraceRecord>;
  TraceMilestone: ResolverTypeWrapper<TraceMilestone>;
  TraceStep: ResolverTypeWrapper<TraceStepRecord>;
  Viewer: ResolverTypeWrapper<Viewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApproveMappingInput: ApproveMappingInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  ApproveMappingResult: ResolversUnionTypes<ResolversParentTypes>['ApproveMappingResult'];
  AuditEntry: AuditEntryRecord;
  AuditEntryConnection: AuditEntryPage;
  Int: Scalars['Int']['output'];
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditFilter: AuditFilter;
  DeadLetter: DeadLetterRecord;
  DeadLetterConnection: DeadLetterPage;
  DeadLetterEdge: Omit<DeadLetterEdge, 'node'> & { node: ResolversParentTypes['DeadLetter'] };
  DeadLetterRefused: DeadLetterRefused;
  DeadLetterRetried: Omit<DeadLetterRetried, 'deadLetter'> & { deadLetter: ResolversParentTypes['DeadLetter'] };
  Decimal: Scalars['Decimal']['output'];
  Exception: ExceptionRecord;
  ExceptionConnection: ExceptionPage;
  ExceptionEdge: Omit<ExceptionEdge, 'node'> & { node: ResolversParentTypes['Exception'] };
  ExceptionFilter: ExceptionFilter;
  ExternalId: ExternalId;
  Instant: Scalars['Instant']['output'];
  Invoice: Reference;
  LocalDate: Scalars['LocalDate']['output'];
  MappingApproved: Omit<MappingApproved, 'released'> & { released: ReadonlyArray<ResolversParentTypes['Exception']> };
  MappingRefused: MappingRefused;
  MissingMapping: MissingMapping;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  NextAction: NextAction;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Provenance: ProvenanceRecord;
  PurchaseOrder: Reference;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Receipt: Reference;
  Requisition: Reference;
  RetryDeadLetterResult: ResolversUnionTypes<ResolversParentTypes>['RetryDeadLetterResult'];
  SupplyRequest: Reference;
  SystemHealth: SystemHealthRecord;
  Trace: TraceRecord;
  TraceMilestone: TraceMilestone;
  TraceStep: TraceStepRecord;
  Viewer: Viewer;
};

export type ApproveMappingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveMappingResult'] = ResolversParentTypes['ApproveMappingResult']> = {
  __resolveType: TypeResolveFn<'MappingApproved' | 'MappingRefused', ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry'], FederationReferenceType extends FederationReferenceTypes['AuditEntry'] = FederationReferenceTypes['AuditEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AuditEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  authority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter'], FederationReferenceType extends FederationReferenceTypes['DeadLetter'] = FederationReferenceTypes['DeadLetter']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DeadLetter']> | FederationReferenceType, FederationReferenceType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  error?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  errorClass?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  failedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ownerRole?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retriedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  workflow?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterRefused'] = ResolversParentTypes['DeadLetterRefused']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeadLetterRetriedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterRetried'] = ResolversParentTypes['DeadLetterRetried']> = {
  deadLetter?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Exception'] = ResolversParentTypes['Exception'], FederationReferenceType extends FederationReferenceTypes['Exception'] = FederationReferenceTypes['Exception']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Exception']> | FederationReferenceType, FederationReferenceType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ExceptionKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  missingMapping?: Resolver<Maybe<ResolversTypes['MissingMapping']>, ParentType, ContextType>;
  ownerRole?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  raisedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  rawDocumentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  runbook?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExceptionStatus'], ParentType, ContextType>;
};

export type ExceptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionConnection'] = ResolversParentTypes['ExceptionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ExceptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExceptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionEdge'] = ResolversParentTypes['ExceptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
};

export type ExternalIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalId'] = ResolversParentTypes['ExternalId']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAction?: Resolver<Maybe<ResolversTypes['NextAction']>, ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MappingApprovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MappingApproved'] = ResolversParentTypes['MappingApproved']> = {
  canonicalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  entity?: Resolver<ResolversTypes['MappedEntity'], ParentType, ContextType>;
  localId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  released?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MappingRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MappingRefused'] = ResolversParentTypes['MappingRefused']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MissingMappingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MissingMapping'] = ResolversParentTypes['MissingMapping']> = {
  entity?: Resolver<ResolversTypes['MappedEntity'], ParentType, ContextType>;
  localId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveMapping?: Resolver<ResolversTypes['ApproveMappingResult'], ParentType, ContextType, RequireFields<MutationApproveMappingArgs, 'input'>>;
  retryDeadLetter?: Resolver<ResolversTypes['RetryDeadLetterResult'], ParentType, ContextType, RequireFields<MutationRetryDeadLetterArgs, 'id'>>;
};

export type NextActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NextAction'] = ResolversParentTypes['NextAction']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  waitingOn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProvenanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  asOf?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PurchaseOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrder'] = ResolversParentTypes['PurchaseOrder'], FederationReferenceType extends FederationReferenceTypes['PurchaseOrder'] = FederationReferenceTypes['PurchaseOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PurchaseOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAction?: Resolver<Maybe<ResolversTypes['NextAction']>, ParentType, ContextType>;
  trace?: Resolver<Maybe<ResolversTypes['Trace']>, ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditEntries?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, RequireFields<QueryAuditEntriesArgs, 'first'>>;
  deadLetters?: Resolver<ResolversTypes['DeadLetterConnection'], ParentType, ContextType, RequireFields<QueryDeadLettersArgs, 'first'>>;
  exceptions?: Resolver<ResolversTypes['ExceptionConnection'], ParentType, ContextType, RequireFields<QueryExceptionsArgs, 'first'>>;
  me?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  systemHealth?: Resolver<ReadonlyArray<ResolversTypes['SystemHealth']>, ParentType, ContextType>;
  trace?: Resolver<Maybe<ResolversTypes['Trace']>, ParentType, ContextType, RequireFields<QueryTraceArgs, 'correlationId'>>;
};

export type ReceiptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt'], FederationReferenceType extends FederationReferenceTypes['Receipt'] = FederationReferenceTypes['Receipt']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Receipt']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAction?: Resolver<Maybe<ResolversTypes['NextAction']>, ParentType, ContextType>;
};

export type RequisitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Requisition'] = ResolversParentTypes['Requisition'], FederationReferenceType extends FederationReferenceTypes['Requisition'] = FederationReferenceTypes['Requisition']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Requisition']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAction?: Resolver<Maybe<ResolversTypes['NextAction']>, ParentType, ContextType>;
  trace?: Resolver<ResolversTypes['Trace'], ParentType, ContextType>;
};

export type RetryDeadLetterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryDeadLetterResult'] = ResolversParentTypes['RetryDeadLetterResult']> = {
  __resolveType: TypeResolveFn<'DeadLetterRefused' | 'DeadLetterRetried', ParentType, ContextType>;
};

export type SupplyRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequest'] = ResolversParentTypes['SupplyRequest'], FederationReferenceType extends FederationReferenceTypes['SupplyRequest'] = FederationReferenceTypes['SupplyRequest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SupplyRequest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAction?: Resolver<Maybe<ResolversTypes['NextAction']>, ParentType, ContextType>;
  trace?: Resolver<Maybe<ResolversTypes['Trace']>, ParentType, ContextType>;
};

export type SystemHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SystemHealth'] = ResolversParentTypes['SystemHealth'], FederationReferenceType extends FederationReferenceTypes['SystemHealth'] = FederationReferenceTypes['SystemHealth']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SystemHealth']> | FederationReferenceType, FederationReferenceType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latencyMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['HealthStatus'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TraceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Trace'] = ResolversParentTypes['Trace'], FederationReferenceType extends FederationReferenceTypes['Trace'] = FederationReferenceTypes['Trace']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Trace']> | FederationReferenceType, FederationReferenceType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  milestones?: Resolver<ReadonlyArray<ResolversTypes['TraceMilestone']>, ParentType, ContextType>;
  openExceptions?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  purchaseOrders?: Resolver<ReadonlyArray<ResolversTypes['PurchaseOrder']>, ParentType, ContextType>;
  requisition?: Resolver<Maybe<ResolversTypes['Requisition']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['TraceStep']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
};

export type TraceMilestoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TraceMilestone'] = ResolversParentTypes['TraceMilestone']> = {
  occurredAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TraceStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TraceStep'] = ResolversParentTypes['TraceStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ApproveMappingResult?: ApproveMappingResultResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  DeadLetterEdge?: DeadLetterEdgeResolvers<ContextType>;
  DeadLetterRefused?: DeadLetterRefusedResolvers<ContextType>;
  DeadLetterRetried?: DeadLetterRetriedResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  Exception?: ExceptionResolvers<ContextType>;
  ExceptionConnection?: ExceptionConnectionResolvers<ContextType>;
  ExceptionEdge?: ExceptionEdgeResolvers<ContextType>;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Invoice?: InvoiceResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  MappingApproved?: MappingApprovedResolvers<ContextType>;
  MappingRefused?: MappingRefusedResolvers<ContextType>;
  MissingMapping?: MissingMappingResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NextAction?: NextActionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PurchaseOrder?: PurchaseOrderResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  Requisition?: RequisitionResolvers<ContextType>;
  RetryDeadLetterResult?: RetryDeadLetterResultResolvers<ContextType>;
  SupplyRequest?: SupplyRequestResolvers<ContextType>;
  SystemHealth?: SystemHealthResolvers<ContextType>;
  Trace?: TraceResolvers<ContextType>;
  TraceMilestone?: TraceMilestoneResolvers<ContextType>;
  TraceStep?: TraceStepResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};


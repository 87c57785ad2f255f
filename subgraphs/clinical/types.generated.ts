import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { SupplyRequestRecord, SupplyRequestPage, EquipmentRecord, EquipmentPage, Reference } from './records.ts';
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

/** A ward or service; here with what it has asked for. */
export type Department = {
  readonly __typename?: 'Department';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What the department has asked for, newest first. */
  readonly supplyRequests: SupplyRequestConnection;
};


/** A ward or service; here with what it has asked for. */
export type DepartmentSupplyRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A device that the hospital keeps running: a ventilator, a pump, a monitor. */
export type Equipment = {
  readonly __typename?: 'Equipment';
  /** The device identifier of its UDI; null where unknown. */
  readonly deviceIdentifier?: Maybe<Scalars['String']['output']>;
  /** Where it stands; null where unmapped. */
  readonly facility?: Maybe<Facility>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The catalogue item that it is an instance of; null where unmapped. */
  readonly item?: Maybe<Item>;
  /** Who made it; null where unknown. */
  readonly manufacturer?: Maybe<Scalars['String']['output']>;
  /** The maker's model; null where unknown. */
  readonly model?: Maybe<Scalars['String']['output']>;
  /** What it is, in words. */
  readonly name: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The serial number; null where unknown. */
  readonly serialNumber?: Maybe<Scalars['String']['output']>;
};

/** Pages of equipment. */
export type EquipmentConnection = {
  readonly __typename?: 'EquipmentConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<EquipmentEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of equipment. */
export type EquipmentEdge = {
  readonly __typename?: 'EquipmentEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The equipment. */
  readonly node: Equipment;
};

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** A hospital or clinic, owned by the finance side. */
export type Facility = {
  readonly __typename?: 'Facility';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** Whether the hub could take a request in. */
export type IntakeStatus =
  /** It became part of a requisition. */
  | 'ACCEPTED'
  /** It waits for somebody: a mapping is missing or the document is not usable. */
  | 'PARKED';

/** Something that can be ordered, owned by the finance side. */
export type Item = {
  readonly __typename?: 'Item';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** An exact amount with its currency. Unit prices carry up to six decimals; totals are rounded once, at posting. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount as an exact decimal, for example "19.99". */
  readonly amount: Scalars['Decimal']['output'];
  /** The ISO 4217 code of the currency, for example USD. */
  readonly currency: Scalars['String']['output'];
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
  /** One piece of equipment by its id. */
  readonly equipment?: Maybe<Equipment>;
  /** The equipment that the clinical applications know, by name. */
  readonly equipments: EquipmentConnection;
  /** One supply request by its id. */
  readonly supplyRequest?: Maybe<SupplyRequest>;
  /** Supply requests, newest first. */
  readonly supplyRequests: SupplyRequestConnection;
};


export type QueryEquipmentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEquipmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  facilityId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySupplyRequestArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySupplyRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SupplyRequestFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A department's wish for goods; here with the clinical requests behind it. */
export type Requisition = {
  readonly __typename?: 'Requisition';
  /** The clinical requests that it was made from; empty when it did not start in a clinical application. */
  readonly clinicalOrigin: ReadonlyArray<SupplyRequest>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** A ward's request for one item, as the clinical application made it. Patient data is dropped before it gets here. */
export type SupplyRequest = {
  readonly __typename?: 'SupplyRequest';
  /** When the ward asked. */
  readonly authoredOn: Scalars['Instant']['output'];
  /** Names the basket: the requests that were made together. */
  readonly basketId: Scalars['String']['output'];
  /** An opaque reference that leads back into the clinical application and nowhere else. */
  readonly clinicalRequestRef: Scalars['String']['output'];
  /** Ties together everything that follows from one request, in every system. */
  readonly correlationId: Scalars['ID']['output'];
  /** The department that it is to be delivered to; null while the place is not mapped. */
  readonly department?: Maybe<Department>;
  /** What each connected system calls this request. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** Its facility; null while the place is not mapped. */
  readonly facility?: Maybe<Facility>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** Whether the hub could take it in. */
  readonly intake: IntakeStatus;
  /** The catalogue item that the ward's code stands for; null while nobody has mapped it. */
  readonly item?: Maybe<Item>;
  /** What the ward calls the item: its code, as the clinical application sent it. */
  readonly itemCode: Scalars['String']['output'];
  /** What the ward calls the item, in words. */
  readonly itemText: Scalars['String']['output'];
  /** When the ward needs it; null when it did not say. */
  readonly neededBy?: Maybe<Scalars['LocalDate']['output']>;
  /** How urgent it is: routine, urgent, asap or stat. */
  readonly priority: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** How much is asked for. */
  readonly quantity: Quantity;
  /** Who asked, never a patient; null when the application did not say. */
  readonly requester?: Maybe<Scalars['String']['output']>;
  /** Where the request stands in the clinical application's own words (FHIR SupplyRequest.status). */
  readonly status: SupplyRequestStatus;
};

/** Pages of supply requests. */
export type SupplyRequestConnection = {
  readonly __typename?: 'SupplyRequestConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<SupplyRequestEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of supply requests. */
export type SupplyRequestEdge = {
  readonly __typename?: 'SupplyRequestEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The supply request. */
  readonly node: SupplyRequest;
};

/** Narrows a list of supply requests; every part that is given must hold. */
export type SupplyRequestFilter = {
  /** Only the ones of this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this department. */
  readonly departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those taken in, or only those parked. */
  readonly intake?: InputMaybe<IntakeStatus>;
};

/** FHIR R4 SupplyRequest.status, word for word. */
export type SupplyRequestStatus =
  /** In force. */
  | 'active'
  /** Cancelled. */
  | 'cancelled'
  /** Fulfilled. */
  | 'completed'
  /** Being written. */
  | 'draft'
  /** Made by mistake. */
  | 'entered_in_error'
  /** Halted. */
  | 'suspended'
  /** Nobody knows. */
  | 'unknown';



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
  Department: Department;
  Equipment: Equipment;
  Requisition: Requisition;
  SupplyRequest: SupplyRequest;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Department:
    ( { __typename: 'Department' }
    & GraphQLRecursivePick<FederationTypes['Department'], {"id":true}> );
  Equipment:
    ( { __typename: 'Equipment' }
    & GraphQLRecursivePick<FederationTypes['Equipment'], {"id":true}> );
  Requisition:
    ( { __typename: 'Requisition' }
    & GraphQLRecursivePick<FederationTypes['Requisition'], {"id":true}> );
  SupplyRequest:
    ( { __typename: 'SupplyRequest' }
    & GraphQLRecursivePick<FederationTypes['SupplyRequest'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Department: ResolverTypeWrapper<Reference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Equipment: ResolverTypeWrapper<EquipmentRecord>;
  EquipmentConnection: ResolverTypeWrapper<EquipmentPage>;
  EquipmentEdge: ResolverTypeWrapper<Omit<EquipmentEdge, 'node'> & { node: ResolversTypes['Equipment'] }>;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  Facility: ResolverTypeWrapper<Reference>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  IntakeStatus: IntakeStatus;
  Item: ResolverTypeWrapper<Reference>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Requisition: ResolverTypeWrapper<Reference>;
  SupplyRequest: ResolverTypeWrapper<SupplyRequestRecord>;
  SupplyRequestConnection: ResolverTypeWrapper<SupplyRequestPage>;
  SupplyRequestEdge: ResolverTypeWrapper<Omit<SupplyRequestEdge, 'node'> & { node: ResolversTypes['SupplyRequest'] }>;
  SupplyRequestFilter: SupplyRequestFilter;
  SupplyRequestStatus: SupplyRequestStatus;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  Department: Reference;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Equipment: EquipmentRecord;
  EquipmentConnection: EquipmentPage;
  EquipmentEdge: Omit<EquipmentEdge, 'node'> & { node: ResolversParentTypes['Equipment'] };
  ExternalId: ExternalId;
  Facility: Reference;
  Instant: Scalars['Instant']['output'];
  Item: Reference;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Provenance: ProvenanceRecord;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Requisition: Reference;
  SupplyRequest: SupplyRequestRecord;
  SupplyRequestConnection: SupplyRequestPage;
  SupplyRequestEdge: Omit<SupplyRequestEdge, 'node'> & { node: ResolversParentTypes['SupplyRequest'] };
  SupplyRequestFilter: SupplyRequestFilter;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DepartmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department'], FederationReferenceType extends FederationReferenceTypes['Department'] = FederationReferenceTypes['Department']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Department']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  supplyRequests?: Resolver<ResolversTypes['SupplyRequestConnection'], ParentType, ContextType, RequireFields<DepartmentSupplyRequestsArgs, 'first'>>;
};

export type EquipmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Equipment'] = ResolversParentTypes['Equipment'], FederationReferenceType extends FederationReferenceTypes['Equipment'] = FederationReferenceTypes['Equipment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Equipment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  deviceIdentifier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  facility?: Resolver<Maybe<ResolversTypes['Facility']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  manufacturer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  serialNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EquipmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EquipmentConnection'] = ResolversParentTypes['EquipmentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EquipmentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EquipmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EquipmentEdge'] = ResolversParentTypes['EquipmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Equipment'], ParentType, ContextType>;
};

export type ExternalIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalId'] = ResolversParentTypes['ExternalId']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type ItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Item'] = ResolversParentTypes['Item']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  equipment?: Resolver<Maybe<ResolversTypes['Equipment']>, ParentType, ContextType, RequireFields<QueryEquipmentArgs, 'id'>>;
  equipments?: Resolver<ResolversTypes['EquipmentConnection'], ParentType, ContextType, RequireFields<QueryEquipmentsArgs, 'first'>>;
  supplyRequest?: Resolver<Maybe<ResolversTypes['SupplyRequest']>, ParentType, ContextType, RequireFields<QuerySupplyRequestArgs, 'id'>>;
  supplyRequests?: Resolver<ResolversTypes['SupplyRequestConnection'], ParentType, ContextType, RequireFields<QuerySupplyRequestsArgs, 'first'>>;
};

export type RequisitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Requisition'] = ResolversParentTypes['Requisition'], FederationReferenceType extends FederationReferenceTypes['Requisition'] = FederationReferenceTypes['Requisition']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Requisition']> | FederationReferenceType, FederationReferenceType, ContextType>;
  clinicalOrigin?: Resolver<ReadonlyArray<ResolversTypes['SupplyRequest']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SupplyRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequest'] = ResolversParentTypes['SupplyRequest'], FederationReferenceType extends FederationReferenceTypes['SupplyRequest'] = FederationReferenceTypes['SupplyRequest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SupplyRequest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  authoredOn?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  basketId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinicalRequestRef?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  facility?: Resolver<Maybe<ResolversTypes['Facility']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  intake?: Resolver<ResolversTypes['IntakeStatus'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  itemCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  itemText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  neededBy?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  requester?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SupplyRequestStatus'], ParentType, ContextType>;
};

export type SupplyRequestConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequestConnection'] = ResolversParentTypes['SupplyRequestConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SupplyRequestEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SupplyRequestEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequestEdge'] = ResolversParentTypes['SupplyRequestEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SupplyRequest'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  Department?: DepartmentResolvers<ContextType>;
  Equipment?: EquipmentResolvers<ContextType>;
  EquipmentConnection?: EquipmentConnectionResolvers<ContextType>;
  EquipmentEdge?: EquipmentEdgeResolvers<ContextType>;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Item?: ItemResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Requisition?: RequisitionResolvers<ContextType>;
  SupplyRequest?: SupplyRequestResolvers<ContextType>;
  SupplyRequestConnection?: SupplyRequestConnectionResolvers<ContextType>;
  SupplyRequestEdge?: SupplyRequestEdgeResolvers<ContextType>;
};


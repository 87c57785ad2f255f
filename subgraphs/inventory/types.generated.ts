import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StockPositionRecord, StockPositionPage, ShipmentRecord, ShipmentLineRecord, Reference } from './records.ts';
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

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** A hospital or clinic; here with what it has in stock. */
export type Facility = {
  readonly __typename?: 'Facility';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What lies at this facility, by item. */
  readonly stockPositions: StockPositionConnection;
};


/** A hospital or clinic; here with what it has in stock. */
export type FacilityStockPositionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** An item; here with where it lies. */
export type Item = {
  readonly __typename?: 'Item';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** Where the item lies, at every facility the caller may see. */
  readonly stockPositions: ReadonlyArray<StockPosition>;
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

/** An order to a supplier; here with what the supplier has sent. */
export type PurchaseOrder = {
  readonly __typename?: 'PurchaseOrder';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What the supplier has sent on its way, oldest first. */
  readonly shipments: ReadonlyArray<Shipment>;
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
  /** One shipment by its id. */
  readonly shipment?: Maybe<Shipment>;
  /** One stock position by its id. */
  readonly stockPosition?: Maybe<StockPosition>;
  /** Stock positions, by item. */
  readonly stockPositions: StockPositionConnection;
};


export type QueryShipmentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStockPositionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStockPositionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StockPositionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Goods that a supplier has sent on their way (X12 856). */
export type Shipment = {
  readonly __typename?: 'Shipment';
  /** Who carries it; null when the supplier did not say. */
  readonly carrier?: Maybe<Scalars['String']['output']>;
  /** When the supplier expects it to arrive; null when it did not say. */
  readonly expectedDate?: Maybe<Scalars['LocalDate']['output']>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What is in it. */
  readonly lines: ReadonlyArray<ShipmentLine>;
  /** The number on the supplier's ship notice. */
  readonly number: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The order that it fulfils. */
  readonly purchaseOrder: PurchaseOrder;
  /** When the supplier sent it. */
  readonly shippedAt: Scalars['Instant']['output'];
  /** The carrier's tracking number; null when there is none. */
  readonly trackingNumber?: Maybe<Scalars['String']['output']>;
};

/** One line of a shipment. */
export type ShipmentLine = {
  readonly __typename?: 'ShipmentLine';
  /** What is in it; null when the hub knows no such item. */
  readonly item?: Maybe<Item>;
  /** The number of the order line that it fulfils. */
  readonly orderLineNumber: Scalars['Int']['output'];
  /** How much is in it. */
  readonly quantity: Quantity;
};

/** How much of one item lies at one facility. */
export type StockPosition = {
  readonly __typename?: 'StockPosition';
  /** Where it lies. */
  readonly facility: Facility;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The item. */
  readonly item: Item;
  /** What lies there and can be used. */
  readonly onHand: Quantity;
  /** What has been ordered and has not come. */
  readonly onOrder: Quantity;
  /** Where this record came from. */
  readonly provenance: Provenance;
};

/** Pages of stock positions. */
export type StockPositionConnection = {
  readonly __typename?: 'StockPositionConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<StockPositionEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of stock positions. */
export type StockPositionEdge = {
  readonly __typename?: 'StockPositionEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The stock position. */
  readonly node: StockPosition;
};

/** Narrows a list of stock positions; every part that is given must hold. */
export type StockPositionFilter = {
  /** Only those at this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this item. */
  readonly itemId?: InputMaybe<Scalars['ID']['input']>;
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
  Facility: Facility;
  Item: Item;
  PurchaseOrder: PurchaseOrder;
  Shipment: Shipment;
  StockPosition: StockPosition;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Facility:
    ( { __typename: 'Facility' }
    & GraphQLRecursivePick<FederationTypes['Facility'], {"id":true}> );
  Item:
    ( { __typename: 'Item' }
    & GraphQLRecursivePick<FederationTypes['Item'], {"id":true}> );
  PurchaseOrder:
    ( { __typename: 'PurchaseOrder' }
    & GraphQLRecursivePick<FederationTypes['PurchaseOrder'], {"id":true}> );
  Shipment:
    ( { __typename: 'Shipment' }
    & GraphQLRecursivePick<FederationTypes['Shipment'], {"id":true}> );
  StockPosition:
    ( { __typename: 'StockPosition' }
    & GraphQLRecursivePick<FederationTypes['StockPosition'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Facility: ResolverTypeWrapper<Reference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  Item: ResolverTypeWrapper<Reference>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  PurchaseOrder: ResolverTypeWrapper<Reference>;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Shipment: ResolverTypeWrapper<ShipmentRecord>;
  ShipmentLine: ResolverTypeWrapper<ShipmentLineRecord>;
  StockPosition: ResolverTypeWrapper<StockPositionRecord>;
  StockPositionConnection: ResolverTypeWrapper<StockPositionPage>;
  StockPositionEdge: ResolverTypeWrapper<Omit<StockPositionEdge, 'node'> & { node: ResolversTypes['StockPosition'] }>;
  StockPositionFilter: StockPositionFilter;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  ExternalId: ExternalId;
  String: Scalars['String']['output'];
  Facility: Reference;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Instant: Scalars['Instant']['output'];
  Item: Reference;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Provenance: ProvenanceRecord;
  PurchaseOrder: Reference;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Shipment: ShipmentRecord;
  ShipmentLine: ShipmentLineRecord;
  StockPosition: StockPositionRecord;
  StockPositionConnection: StockPositionPage;
  StockPositionEdge: Omit<StockPositionEdge, 'node'> & { node: ResolversParentTypes['StockPosition'] };
  StockPositionFilter: StockPositionFilter;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type ExternalIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalId'] = ResolversParentTypes['ExternalId']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility'], FederationReferenceType extends FederationReferenceTypes['Facility'] = FederationReferenceTypes['Facility']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Facility']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stockPositions?: Resolver<ResolversTypes['StockPositionConnection'], ParentType, ContextType, RequireFields<FacilityStockPositionsArgs, 'first'>>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type ItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Item'] = ResolversParentTypes['Item'], FederationReferenceType extends FederationReferenceTypes['Item'] = FederationReferenceTypes['Item']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Item']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stockPositions?: Resolver<ReadonlyArray<ResolversTypes['StockPosition']>, ParentType, ContextType>;
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

export type PurchaseOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrder'] = ResolversParentTypes['PurchaseOrder'], FederationReferenceType extends FederationReferenceTypes['PurchaseOrder'] = FederationReferenceTypes['PurchaseOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PurchaseOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shipments?: Resolver<ReadonlyArray<ResolversTypes['Shipment']>, ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  shipment?: Resolver<Maybe<ResolversTypes['Shipment']>, ParentType, ContextType, RequireFields<QueryShipmentArgs, 'id'>>;
  stockPosition?: Resolver<Maybe<ResolversTypes['StockPosition']>, ParentType, ContextType, RequireFields<QueryStockPositionArgs, 'id'>>;
  stockPositions?: Resolver<ResolversTypes['StockPositionConnection'], ParentType, ContextType, RequireFields<QueryStockPositionsArgs, 'first'>>;
};

export type ShipmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment'], FederationReferenceType extends FederationReferenceTypes['Shipment'] = FederationReferenceTypes['Shipment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Shipment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expectedDate?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ShipmentLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  purchaseOrder?: Resolver<ResolversTypes['PurchaseOrder'], ParentType, ContextType>;
  shippedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShipmentLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShipmentLine'] = ResolversParentTypes['ShipmentLine']> = {
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  orderLineNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type StockPositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockPosition'] = ResolversParentTypes['StockPosition'], FederationReferenceType extends FederationReferenceTypes['StockPosition'] = FederationReferenceTypes['StockPosition']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockPosition']> | FederationReferenceType, FederationReferenceType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  item?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  onOrder?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
};

export type StockPositionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockPositionConnection'] = ResolversParentTypes['StockPositionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockPositionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockPositionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockPositionEdge'] = ResolversParentTypes['StockPositionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockPosition'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Item?: ItemResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PurchaseOrder?: PurchaseOrderResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  ShipmentLine?: ShipmentLineResolvers<ContextType>;
  StockPosition?: StockPositionResolvers<ContextType>;
  StockPositionConnection?: StockPositionConnectionResolvers<ContextType>;
  StockPositionEdge?: StockPositionEdgeResolvers<ContextType>;
};


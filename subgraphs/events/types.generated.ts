import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProvenanceRecord } from '../provenance.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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

/** A ward or service. */
export type Department = {
  readonly __typename?: 'Department';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** One status change of one document: an immutable fact. */
export type DocumentStatusChange = {
  readonly __typename?: 'DocumentStatusChange';
  /** Ties together everything that follows from one request; null when it stands alone. */
  readonly correlationId?: Maybe<Scalars['ID']['output']>;
  /** For whom; null when it belongs to no department. */
  readonly department?: Maybe<Department>;
  /** The document's id. */
  readonly documentId: Scalars['ID']['output'];
  /** What kind of document changed. */
  readonly documentType: DocumentType;
  /** Counts the changes of this document, from 1. */
  readonly documentVersion: Scalars['Int']['output'];
  /** Where; null when it belongs to no facility. */
  readonly facility?: Maybe<Facility>;
  /** What it was before; null when it is new. */
  readonly from?: Maybe<Scalars['String']['output']>;
  /** The event's own id; the same whenever it is delivered. */
  readonly id: Scalars['ID']['output'];
  /** The invoice that it is about; null when it is about none. */
  readonly invoice?: Maybe<Invoice>;
  /** The number people use for the document; null when it has none. */
  readonly number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly occurredAt: Scalars['Instant']['output'];
  /** The order that it is about; null when there is none yet. */
  readonly purchaseOrder?: Maybe<PurchaseOrder>;
  /** The receipt that it is about; null when it is about none. */
  readonly receipt?: Maybe<Receipt>;
  /** The requisition that it is about; null when there is none yet. */
  readonly requisition?: Maybe<Requisition>;
  /** In words, for a person. */
  readonly summary: Scalars['String']['output'];
  /** The ward's request that it is about; null when it is about none. */
  readonly supplyRequest?: Maybe<SupplyRequest>;
  /** What it is now. */
  readonly to: Scalars['String']['output'];
  /** What happened, as a type of event, for example PurchaseOrderAcknowledged. */
  readonly type: Scalars['String']['output'];
};

/** Narrows a stream of status changes; every part that is given must hold. */
export type DocumentStatusFilter = {
  /** Only changes that belong to this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes for this department. */
  readonly departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes of this document. */
  readonly documentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes of these kinds of document. */
  readonly documentTypes?: InputMaybe<ReadonlyArray<DocumentType>>;
  /** Only changes at this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
};

/** The kinds of document whose status is pushed. */
export type DocumentType =
  /** Trouble that waits for a person. */
  | 'EXCEPTION'
  /** A supplier's invoice. */
  | 'INVOICE'
  /** A purchase order. */
  | 'PURCHASE_ORDER'
  /** Goods received. */
  | 'RECEIPT'
  /** A requisition. */
  | 'REQUISITION'
  /** A shipment on its way. */
  | 'SHIPMENT'
  /** A ward's request. */
  | 'SUPPLY_REQUEST';

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** A hospital or clinic. */
export type Facility = {
  readonly __typename?: 'Facility';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** A supplier's bill. */
export type Invoice = {
  readonly __typename?: 'Invoice';
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

/** The three axes along which an order moves independently. */
export type OrderAxis =
  /** The document itself. */
  | 'DOCUMENT'
  /** What has been invoiced. */
  | 'INVOICE'
  /** What has been received. */
  | 'RECEIPT';

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

/** An order to a supplier. */
export type PurchaseOrder = {
  readonly __typename?: 'PurchaseOrder';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** One status change of a purchase order. */
export type PurchaseOrderStatusChange = {
  readonly __typename?: 'PurchaseOrderStatusChange';
  /** Which of the order's three axes moved. */
  readonly axis: OrderAxis;
  /** Ties together everything that follows from one request; null when the order was not made by the hub. */
  readonly correlationId?: Maybe<Scalars['ID']['output']>;
  /** What the axis was before; null when the order is new. */
  readonly from?: Maybe<Scalars['String']['output']>;
  /** The event's own id; the same whenever it is delivered. */
  readonly id: Scalars['ID']['output'];
  /** When it happened. */
  readonly occurredAt: Scalars['Instant']['output'];
  /** The order as it stands now, which may be further on than this change. */
  readonly purchaseOrder: PurchaseOrder;
  /** In words, for a person. */
  readonly summary: Scalars['String']['output'];
  /** What the axis is now. */
  readonly to: Scalars['String']['output'];
  /** What happened, as a type of event. */
  readonly type: Scalars['String']['output'];
};

/** Narrows a stream of order status changes; every part that is given must hold. */
export type PurchaseOrderStatusFilter = {
  /** Only changes that belong to this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes for this department. */
  readonly departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes at this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only changes of this order. */
  readonly purchaseOrderId?: InputMaybe<Scalars['ID']['input']>;
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
  /** Where the stream of status changes stands as this query begins. Asked for beside whatever else a query reads, and given to a subscription as `after` or `extensions.cursor`, it makes a snapshot that goes on live: no change between the two is missed. */
  readonly statusCursor: Scalars['String']['output'];
};

/** Goods that came for an order. */
export type Receipt = {
  readonly __typename?: 'Receipt';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** A department's wish for goods. */
export type Requisition = {
  readonly __typename?: 'Requisition';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Every status change of every document that the caller may see, as it happens. With `after` set to the cursor of the last message seen (`extensions.cursor`), what was missed comes first: no gap, no duplicate. A cursor that is too old is answered CURSOR_EXPIRED with the range that exists. */
  readonly documentStatusChanged: DocumentStatusChange;
  /** Every status change of purchase orders, on any of their three axes. */
  readonly purchaseOrderStatusChanged: PurchaseOrderStatusChange;
};


export type SubscriptionDocumentStatusChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DocumentStatusFilter>;
};


export type SubscriptionPurchaseOrderStatusChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PurchaseOrderStatusFilter>;
};

/** A ward's request. */
export type SupplyRequest = {
  readonly __typename?: 'SupplyRequest';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Department: ResolverTypeWrapper<Department>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DocumentStatusChange: ResolverTypeWrapper<DocumentStatusChange>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  DocumentStatusFilter: DocumentStatusFilter;
  DocumentType: DocumentType;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  Facility: ResolverTypeWrapper<Facility>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  Invoice: ResolverTypeWrapper<Invoice>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  OrderAxis: OrderAxis;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  PurchaseOrder: ResolverTypeWrapper<PurchaseOrder>;
  PurchaseOrderStatusChange: ResolverTypeWrapper<PurchaseOrderStatusChange>;
  PurchaseOrderStatusFilter: PurchaseOrderStatusFilter;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<Receipt>;
  Requisition: ResolverTypeWrapper<Requisition>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SupplyRequest: ResolverTypeWrapper<SupplyRequest>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  Department: Department;
  ID: Scalars['ID']['output'];
  DocumentStatusChange: DocumentStatusChange;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  DocumentStatusFilter: DocumentStatusFilter;
  ExternalId: ExternalId;
  Facility: Facility;
  Instant: Scalars['Instant']['output'];
  Invoice: Invoice;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Provenance: ProvenanceRecord;
  PurchaseOrder: PurchaseOrder;
  PurchaseOrderStatusChange: PurchaseOrderStatusChange;
  PurchaseOrderStatusFilter: PurchaseOrderStatusFilter;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Receipt: Receipt;
  Requisition: Requisition;
  Subscription: Record<PropertyKey, never>;
  SupplyRequest: SupplyRequest;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DepartmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DocumentStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DocumentStatusChange'] = ResolversParentTypes['DocumentStatusChange']> = {
  correlationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  documentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  documentType?: Resolver<ResolversTypes['DocumentType'], ParentType, ContextType>;
  documentVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facility?: Resolver<Maybe<ResolversTypes['Facility']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  purchaseOrder?: Resolver<Maybe<ResolversTypes['PurchaseOrder']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  requisition?: Resolver<Maybe<ResolversTypes['Requisition']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  supplyRequest?: Resolver<Maybe<ResolversTypes['SupplyRequest']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice']> = {
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

export type PurchaseOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrder'] = ResolversParentTypes['PurchaseOrder']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PurchaseOrderStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrderStatusChange'] = ResolversParentTypes['PurchaseOrderStatusChange']> = {
  axis?: Resolver<ResolversTypes['OrderAxis'], ParentType, ContextType>;
  correlationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  purchaseOrder?: Resolver<ResolversTypes['PurchaseOrder'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  statusCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReceiptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RequisitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Requisition'] = ResolversParentTypes['Requisition']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  documentStatusChanged?: SubscriptionResolver<ResolversTypes['DocumentStatusChange'], "documentStatusChanged", ParentType, ContextType, Partial<SubscriptionDocumentStatusChangedArgs>>;
  purchaseOrderStatusChanged?: SubscriptionResolver<ResolversTypes['PurchaseOrderStatusChange'], "purchaseOrderStatusChanged", ParentType, ContextType, Partial<SubscriptionPurchaseOrderStatusChangedArgs>>;
};

export type SupplyRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequest'] = ResolversParentTypes['SupplyRequest']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  Department?: DepartmentResolvers<ContextType>;
  DocumentStatusChange?: DocumentStatusChangeResolvers<ContextType>;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Invoice?: InvoiceResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PurchaseOrder?: PurchaseOrderResolvers<ContextType>;
  PurchaseOrderStatusChange?: PurchaseOrderStatusChangeResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  Requisition?: RequisitionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SupplyRequest?: SupplyRequestResolvers<ContextType>;
};


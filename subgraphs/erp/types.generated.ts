import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FacilityRecord, FacilityPage, DepartmentRecord, CostCenterRecord, SupplierRecord, SupplierPage, ItemRecord, ItemPage, InvoiceRecord, InvoicePage, InvoiceLineRecord, Reference } from './records.ts';
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

/** How a budget check can end. */
export type BudgetOutcome =
  /** There is enough left. */
  | 'AVAILABLE'
  /** There is not enough left. */
  | 'EXCEEDED'
  /** Nobody has granted this cost centre a budget for the year. */
  | 'NO_BUDGET'
  /** The finance system did not answer in time; policy decides what happens next. */
  | 'UNAVAILABLE';

/** What the finance system answered when it was asked about a budget. */
export type BudgetVerdict = {
  readonly __typename?: 'BudgetVerdict';
  /** What has been posted as spent. */
  readonly actual?: Maybe<Money>;
  /** Where actuals and open orders came from. */
  readonly actualsSource?: Maybe<Provenance>;
  /** budget - preEncumbered - encumbered - actual; null when any part could not be read. */
  readonly available?: Maybe<Money>;
  /** What was granted for the fiscal year; null when it could not be read. */
  readonly budget?: Maybe<Money>;
  /** Where the granted amount came from: a finance system without a budget interface has it in a governed file. */
  readonly budgetSource?: Maybe<Provenance>;
  /** When the finance system was asked. */
  readonly checkedAt: Scalars['Instant']['output'];
  /** What is bound by open orders. */
  readonly encumbered?: Maybe<Money>;
  /** What is promised to requisitions that are not yet orders. */
  readonly preEncumbered?: Maybe<Money>;
  /** In words: why the verdict is what it is. */
  readonly reason: Scalars['String']['output'];
  /** The amount that was asked about; null when only the standing was read. */
  readonly requested?: Maybe<Money>;
  /** The answer itself. */
  readonly verdict: BudgetOutcome;
};

/** An accounting object that collects what a department spends. */
export type CostCenter = {
  readonly __typename?: 'CostCenter';
  /** This fiscal year's budget with what is promised, ordered and spent, read live from the finance system. */
  readonly budget: BudgetVerdict;
  /** The code that finance people use. */
  readonly code: Scalars['String']['output'];
  /** The facility that it belongs to. */
  readonly facility: Facility;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What it stands for. */
  readonly name: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
};

/** A ward or service inside a facility that asks for goods and has a cost centre. */
export type Department = {
  readonly __typename?: 'Department';
  /** The cost centre that its demand is charged to. */
  readonly costCenter: CostCenter;
  /** The facility that it belongs to. */
  readonly facility: Facility;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The name people use for the department. */
  readonly name: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
};

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** A hospital or clinic: a place that asks for goods, receives them and is charged for them. */
export type Facility = {
  readonly __typename?: 'Facility';
  /** The street address. */
  readonly address: Scalars['String']['output'];
  /** The certification number under which the federal health programme knows the facility; null where it has none. */
  readonly ccn?: Maybe<Scalars['String']['output']>;
  /** The city. */
  readonly city: Scalars['String']['output'];
  /** The wards and services of the facility, by name. */
  readonly departments: ReadonlyArray<Department>;
  /** The finance system that keeps this facility's books; new documents go there. */
  readonly financeSystem: Scalars['String']['output'];
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The name under which the facility is registered. */
  readonly name: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The state, as its two-letter postal code. */
  readonly state: Scalars['String']['output'];
};

/** Pages of facilities. */
export type FacilityConnection = {
  readonly __typename?: 'FacilityConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<FacilityEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of facilities. */
export type FacilityEdge = {
  readonly __typename?: 'FacilityEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The facility. */
  readonly node: Facility;
};

/** A supplier's bill as the finance system holds it. */
export type Invoice = {
  readonly __typename?: 'Invoice';
  /** What each connected system calls this invoice. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The supplier's date. */
  readonly invoiceDate: Scalars['LocalDate']['output'];
  /** What is billed, line by line. */
  readonly lines: ReadonlyArray<InvoiceLine>;
  /** The number the supplier printed on it. */
  readonly number: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The order it bills; null when it names none that the hub knows. */
  readonly purchaseOrder?: Maybe<PurchaseOrder>;
  /** Where the invoice stands. */
  readonly status: InvoiceStatus;
  /** Who sent it. */
  readonly supplier: Supplier;
  /** The sum billed. */
  readonly total: Money;
};

/** Pages of invoices. */
export type InvoiceConnection = {
  readonly __typename?: 'InvoiceConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<InvoiceEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of invoices. */
export type InvoiceEdge = {
  readonly __typename?: 'InvoiceEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The invoice. */
  readonly node: Invoice;
};

/** Narrows a list of invoices; every part that is given must hold. */
export type InvoiceFilter = {
  /** Only invoices that bill this order. */
  readonly purchaseOrderId?: InputMaybe<Scalars['ID']['input']>;
  /** Only invoices in one of these states. */
  readonly statuses?: InputMaybe<ReadonlyArray<InvoiceStatus>>;
  /** Only invoices of this supplier. */
  readonly supplierId?: InputMaybe<Scalars['ID']['input']>;
};

/** One line of an invoice. */
export type InvoiceLine = {
  readonly __typename?: 'InvoiceLine';
  /** The item billed; null when the hub knows no such item. */
  readonly item?: Maybe<Item>;
  /** The line's number on the invoice. */
  readonly lineNumber: Scalars['Int']['output'];
  /** The number of the order line that it bills; null when it names none. */
  readonly orderLineNumber?: Maybe<Scalars['Int']['output']>;
  /** How much is billed. */
  readonly quantity: Quantity;
  /** The price of one unit. */
  readonly unitPrice: Money;
};

/** Where an invoice stands on its way to payment. */
export type InvoiceStatus =
  /** It may be paid when due. */
  | 'APPROVED_FOR_PAYMENT'
  /** The hospital has objected. */
  | 'DISPUTED'
  /** Order, receipt and invoice agree. */
  | 'MATCHED'
  /** They agree within the tolerances. */
  | 'MATCHED_WITHIN_TOLERANCE'
  /** It is being compared with order and receipt. */
  | 'MATCHING'
  /** A difference waits for somebody. */
  | 'ON_HOLD'
  /** It has been paid in full. */
  | 'PAID'
  /** A part has been paid. */
  | 'PARTIALLY_PAID'
  /** It has arrived. */
  | 'RECEIVED'
  /** It has been sent back. */
  | 'REJECTED'
  /** Its form is being checked. */
  | 'VALIDATING'
  /** It has been cancelled. */
  | 'VOIDED';

/** Something that can be ordered, stocked and used. */
export type Item = {
  readonly __typename?: 'Item';
  /** The brand; null where there is none. */
  readonly brand?: Maybe<Scalars['String']['output']>;
  /** The maker's catalogue number; null where unknown. */
  readonly catalogNumber?: Maybe<Scalars['String']['output']>;
  /** What it is, in words. */
  readonly description: Scalars['String']['output'];
  /** What each connected system calls this item. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** The preferred term of the Global Medical Device Nomenclature; null where unclassified. */
  readonly gmdnTerm?: Maybe<Scalars['String']['output']>;
  /** The GTIN of the base unit, 14 digits with a valid check digit; null for goods without one. */
  readonly gtin?: Maybe<Scalars['String']['output']>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** Who makes it; null where unknown. */
  readonly manufacturer?: Maybe<Scalars['String']['output']>;
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The unit in which it is counted and ordered. */
  readonly unit: Scalars['String']['output'];
};

/** Pages of items. */
export type ItemConnection = {
  readonly __typename?: 'ItemConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<ItemEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of items. */
export type ItemEdge = {
  readonly __typename?: 'ItemEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: Item;
};

/** An exact amount with its currency. Unit prices carry up to six decimals; totals are rounded once, at posting. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount as an exact decimal, for example "19.99". */
  readonly amount: Scalars['Decimal']['output'];
  /** The ISO 4217 code of the currency, for example USD. */
  readonly currency: Scalars['String']['output'];
};

/** An exact amount handed in with an operation. */
export type MoneyInput = {
  /** The amount as an exact decimal, for example "19.99". */
  readonly amount: Scalars['Decimal']['input'];
  /** The ISO 4217 code of the currency. */
  readonly currency: Scalars['String']['input'];
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

/** An order to a supplier; here with the invoices that bill it. */
export type PurchaseOrder = {
  readonly __typename?: 'PurchaseOrder';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The invoices that bill this order, oldest first. */
  readonly invoices: ReadonlyArray<Invoice>;
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
  /** One cost centre by its id. */
  readonly costCenter?: Maybe<CostCenter>;
  /** One department by its id. */
  readonly department?: Maybe<Department>;
  /** The facilities that the caller may see, by name. */
  readonly facilities: FacilityConnection;
  /** One facility by its id; null when the hub knows none or the caller may not see it. */
  readonly facility?: Maybe<Facility>;
  /** One supplier invoice by its id. */
  readonly invoice?: Maybe<Invoice>;
  /** Supplier invoices, newest first. */
  readonly invoices: InvoiceConnection;
  /** One item by its id. */
  readonly item?: Maybe<Item>;
  /** The item that carries this GTIN on any packaging level; refused with BAD_USER_INPUT when the check digit is wrong. */
  readonly itemByGtin?: Maybe<Item>;
  /** The item catalogue, by description. `search` looks in description, catalogue number and GTIN. */
  readonly items: ItemConnection;
  /** One supplier by its id. */
  readonly supplier?: Maybe<Supplier>;
  /** The suppliers, by name. `search` looks in the name and in every external identifier. */
  readonly suppliers: SupplierConnection;
  /** Asks the facility's finance system, now, whether the cost centre can carry this amount. Answers within a deadline; a system that cannot answer gives UNAVAILABLE, never a silent pass. */
  readonly validateBudget: BudgetVerdict;
};


export type QueryCostCenterArgs = {
  id: Scalars['ID']['input'];
};


export type QueryDepartmentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryFacilitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryFacilityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryItemArgs = {
  id: Scalars['ID']['input'];
};


export type QueryItemByGtinArgs = {
  gtin: Scalars['String']['input'];
};


export type QueryItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySupplierArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySuppliersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<SupplierStatus>;
};


export type QueryValidateBudgetArgs = {
  amount: MoneyInput;
  costCenterId: Scalars['ID']['input'];
};

/** A company that sells to the hospital. */
export type Supplier = {
  readonly __typename?: 'Supplier';
  /** The nine-digit D-U-N-S number; null where unknown. */
  readonly duns?: Maybe<Scalars['String']['output']>;
  /** What each connected system calls this supplier. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The legal name. */
  readonly name: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** Whether the hospital may do business with it. */
  readonly status: SupplierStatus;
};

/** Pages of suppliers. */
export type SupplierConnection = {
  readonly __typename?: 'SupplierConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<SupplierEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of suppliers. */
export type SupplierEdge = {
  readonly __typename?: 'SupplierEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The supplier. */
  readonly node: Supplier;
};

/** Where a supplier stands in its life with the hospital. */
export type SupplierStatus =
  /** May be ordered from and paid. */
  | 'ACTIVE'
  /** On an exclusion list: blocks new orders and payment. */
  | 'EXCLUDED'
  /** No longer used. */
  | 'INACTIVE'
  /** Papers are being collected. */
  | 'ONBOARDING'
  /** No new orders for now. */
  | 'ON_HOLD'
  /** Waits for a steward's review. */
  | 'PENDING_REVIEW'
  /** Known, not yet asked to sell. */
  | 'PROSPECT'
  /** No new orders until a case is closed. */
  | 'SUSPENDED';



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
  CostCenter: CostCenter;
  Department: Department;
  Facility: Facility;
  Invoice: Invoice;
  Item: Item;
  PurchaseOrder: PurchaseOrder;
  Supplier: Supplier;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  CostCenter:
    ( { __typename: 'CostCenter' }
    & GraphQLRecursivePick<FederationTypes['CostCenter'], {"id":true}> );
  Department:
    ( { __typename: 'Department' }
    & GraphQLRecursivePick<FederationTypes['Department'], {"id":true}> );
  Facility:
    ( { __typename: 'Facility' }
    & GraphQLRecursivePick<FederationTypes['Facility'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  Item:
    ( { __typename: 'Item' }
    & GraphQLRecursivePick<FederationTypes['Item'], {"id":true}> );
  PurchaseOrder:
    ( { __typename: 'PurchaseOrder' }
    & GraphQLRecursivePick<FederationTypes['PurchaseOrder'], {"id":true}> );
  Supplier:
    ( { __typename: 'Supplier' }
    & GraphQLRecursivePick<FederationTypes['Supplier'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BudgetOutcome: BudgetOutcome;
  BudgetVerdict: ResolverTypeWrapper<Omit<BudgetVerdict, 'actualsSource' | 'budgetSource'> & { actualsSource?: Maybe<ResolversTypes['Provenance']>, budgetSource?: Maybe<ResolversTypes['Provenance']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CostCenter: ResolverTypeWrapper<CostCenterRecord>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Department: ResolverTypeWrapper<DepartmentRecord>;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  Facility: ResolverTypeWrapper<FacilityRecord>;
  FacilityConnection: ResolverTypeWrapper<FacilityPage>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  FacilityEdge: ResolverTypeWrapper<Omit<FacilityEdge, 'node'> & { node: ResolversTypes['Facility'] }>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  Invoice: ResolverTypeWrapper<InvoiceRecord>;
  InvoiceConnection: ResolverTypeWrapper<InvoicePage>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceFilter: InvoiceFilter;
  InvoiceLine: ResolverTypeWrapper<InvoiceLineRecord>;
  InvoiceStatus: InvoiceStatus;
  Item: ResolverTypeWrapper<ItemRecord>;
  ItemConnection: ResolverTypeWrapper<ItemPage>;
  ItemEdge: ResolverTypeWrapper<Omit<ItemEdge, 'node'> & { node: ResolversTypes['Item'] }>;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  PurchaseOrder: ResolverTypeWrapper<Reference>;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Supplier: ResolverTypeWrapper<SupplierRecord>;
  SupplierConnection: ResolverTypeWrapper<SupplierPage>;
  SupplierEdge: ResolverTypeWrapper<Omit<SupplierEdge, 'node'> & { node: ResolversTypes['Supplier'] }>;
  SupplierStatus: SupplierStatus;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BudgetVerdict: Omit<BudgetVerdict, 'actualsSource' | 'budgetSource'> & { actualsSource?: Maybe<ResolversParentTypes['Provenance']>, budgetSource?: Maybe<ResolversParentTypes['Provenance']> };
  String: Scalars['String']['output'];
  CostCenter: CostCenterRecord;
  ID: Scalars['ID']['output'];
  Decimal: Scalars['Decimal']['output'];
  Department: DepartmentRecord;
  ExternalId: ExternalId;
  Facility: FacilityRecord;
  FacilityConnection: FacilityPage;
  Int: Scalars['Int']['output'];
  FacilityEdge: Omit<FacilityEdge, 'node'> & { node: ResolversParentTypes['Facility'] };
  Instant: Scalars['Instant']['output'];
  Invoice: InvoiceRecord;
  InvoiceConnection: InvoicePage;
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  InvoiceFilter: InvoiceFilter;
  InvoiceLine: InvoiceLineRecord;
  Item: ItemRecord;
  ItemConnection: ItemPage;
  ItemEdge: Omit<ItemEdge, 'node'> & { node: ResolversParentTypes['Item'] };
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  MoneyInput: MoneyInput;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Provenance: ProvenanceRecord;
  PurchaseOrder: Reference;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Supplier: SupplierRecord;
  SupplierConnection: SupplierPage;
  SupplierEdge: Omit<SupplierEdge, 'node'> & { node: ResolversParentTypes['Supplier'] };
};

export type BudgetVerdictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BudgetVerdict'] = ResolversParentTypes['BudgetVerdict']> = {
  actual?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  actualsSource?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  budget?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  budgetSource?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  encumbered?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  preEncumbered?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requested?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['BudgetOutcome'], ParentType, ContextType>;
};

export type CostCenterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenter'] = ResolversParentTypes['CostCenter'], FederationReferenceType extends FederationReferenceTypes['CostCenter'] = FederationReferenceTypes['CostCenter']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CostCenter']> | FederationReferenceType, FederationReferenceType, ContextType>;
  budget?: Resolver<ResolversTypes['BudgetVerdict'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DepartmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department'], FederationReferenceType extends FederationReferenceTypes['Department'] = FederationReferenceTypes['Department']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Department']> | FederationReferenceType, FederationReferenceType, ContextType>;
  costCenter?: Resolver<ResolversTypes['CostCenter'], ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
};

export type ExternalIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalId'] = ResolversParentTypes['ExternalId']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility'], FederationReferenceType extends FederationReferenceTypes['Facility'] = FederationReferenceTypes['Facility']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Facility']> | FederationReferenceType, FederationReferenceType, ContextType>;
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ccn?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  departments?: Resolver<ReadonlyArray<ResolversTypes['Department']>, ParentType, ContextType>;
  financeSystem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacilityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacilityConnection'] = ResolversParentTypes['FacilityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FacilityEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FacilityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacilityEdge'] = ResolversParentTypes['FacilityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoiceDate?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['InvoiceLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  purchaseOrder?: Resolver<Maybe<ResolversTypes['PurchaseOrder']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type InvoiceLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine']> = {
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  lineNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderLineNumber?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Item'] = ResolversParentTypes['Item'], FederationReferenceType extends FederationReferenceTypes['Item'] = FederationReferenceTypes['Item']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Item']> | FederationReferenceType, FederationReferenceType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  catalogNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  gmdnTerm?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  manufacturer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemConnection'] = ResolversParentTypes['ItemConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemEdge'] = ResolversParentTypes['ItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Item'], ParentType, ContextType>;
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
  invoices?: Resolver<ReadonlyArray<ResolversTypes['Invoice']>, ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType, RequireFields<QueryCostCenterArgs, 'id'>>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType, RequireFields<QueryDepartmentArgs, 'id'>>;
  facilities?: Resolver<ResolversTypes['FacilityConnection'], ParentType, ContextType, RequireFields<QueryFacilitiesArgs, 'first'>>;
  facility?: Resolver<Maybe<ResolversTypes['Facility']>, ParentType, ContextType, RequireFields<QueryFacilityArgs, 'id'>>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<QueryInvoicesArgs, 'first'>>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType, RequireFields<QueryItemArgs, 'id'>>;
  itemByGtin?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType, RequireFields<QueryItemByGtinArgs, 'gtin'>>;
  items?: Resolver<ResolversTypes['ItemConnection'], ParentType, ContextType, RequireFields<QueryItemsArgs, 'first'>>;
  supplier?: Resolver<Maybe<ResolversTypes['Supplier']>, ParentType, ContextType, RequireFields<QuerySupplierArgs, 'id'>>;
  suppliers?: Resolver<ResolversTypes['SupplierConnection'], ParentType, ContextType, RequireFields<QuerySuppliersArgs, 'first'>>;
  validateBudget?: Resolver<ResolversTypes['BudgetVerdict'], ParentType, ContextType, RequireFields<QueryValidateBudgetArgs, 'amount' | 'costCenterId'>>;
};

export type SupplierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Supplier'] = ResolversParentTypes['Supplier'], FederationReferenceType extends FederationReferenceTypes['Supplier'] = FederationReferenceTypes['Supplier']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Supplier']> | FederationReferenceType, FederationReferenceType, ContextType>;
  duns?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SupplierStatus'], ParentType, ContextType>;
};

export type SupplierConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplierConnection'] = ResolversParentTypes['SupplierConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SupplierEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SupplierEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplierEdge'] = ResolversParentTypes['SupplierEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  BudgetVerdict?: BudgetVerdictResolvers<ContextType>;
  CostCenter?: CostCenterResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  Department?: DepartmentResolvers<ContextType>;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  FacilityConnection?: FacilityConnectionResolvers<ContextType>;
  FacilityEdge?: FacilityEdgeResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  Item?: ItemResolvers<ContextType>;
  ItemConnection?: ItemConnectionResolvers<ContextType>;
  ItemEdge?: ItemEdgeResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PurchaseOrder?: PurchaseOrderResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Supplier?: SupplierResolvers<ContextType>;
  SupplierConnection?: SupplierConnectionResolvers<ContextType>;
  SupplierEdge?: SupplierEdgeResolvers<ContextType>;
};


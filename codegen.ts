import type { CodegenConfig } from '@graphql-codegen/cli';

/** Each domain's GraphQL types, and the records which stand behind them. */
const mappers = {
  clinical: {
    SupplyRequest: 'SupplyRequestRecord',
    SupplyRequestConnection: 'SupplyRequestPage',
    Equipment: 'EquipmentRecord',
    EquipmentConnection: 'EquipmentPage',
    Requisition: 'Reference',
    Department: 'Reference',
    Facility: 'Reference',
    Item: 'Reference',
  },
  erp: {
    Facility: 'FacilityRecord',
    FacilityConnection: 'FacilityPage',
    Department: 'DepartmentRecord',
    CostCenter: 'CostCenterRecord',
    Supplier: 'SupplierRecord',
    SupplierConnection: 'SupplierPage',
    Item: 'ItemRecord',
    ItemConnection: 'ItemPage',
    Invoice: 'InvoiceRecord',
    InvoiceConnection: 'InvoicePage',
    InvoiceLine: 'InvoiceLineRecord',
    PurchaseOrder: 'Reference',
  },
  events: {},
  inventory: {
    StockPosition: 'StockPositionRecord',
    StockPositionConnection: 'StockPositionPage',
    Shipment: 'ShipmentRecord',
    ShipmentLine: 'ShipmentLineRecord',
    PurchaseOrder: 'Reference',
    Item: 'Reference',
    Facility: 'Reference',
  },
  operations: {
    Trace: 'TraceRecord',
    TraceStep: 'TraceStepRecord',
    Exception: 'ExceptionRecord',
    ExceptionConnection: 'ExceptionPage',
    DeadLetter: 'DeadLetterRecord',
    DeadLetterConnection: 'DeadLetterPage',
    SystemHealth: 'SystemHealthRecord',
    AuditEntry: 'AuditEntryRecord',
    AuditEntryConnection: 'AuditEntryPage',
    Requisition: 'Reference',
    PurchaseOrder: 'Reference',
    Receipt: 'Reference',
    Invoice: 'Reference',
    SupplyRequest: 'Reference',
  },
  procurement: {
    Requisition: 'RequisitionRecord',
    RequisitionConnection: 'RequisitionPage',
    RequisitionLine: 'RequisitionLineRecord',
    ApprovalStep: 'ApprovalStepRecord',
    PurchaseOrder: 'PurchaseOrderRecord',
    PurchaseOrderConnection: 'PurchaseOrderPage',
    PurchaseOrderLine: 'PurchaseOrderLineRecord',
    Receipt: 'ReceiptRecord',
    ReceiptLine: 'ReceiptLineRecord',
    Item: 'Reference',
    Supplier: 'Reference',
    SupplyRequest: 'Reference',
    Facility: 'Reference',
    Department: 'Reference',
    CostCenter: 'Reference',
  },
};

const files = (records: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(records).map(([type, record]) => [type, `./records.ts#${record}`]),
  );

/** What the tables hold goes out as it is; the scalars write it as the contract promises. */
const moment = { input: 'string', output: 'Date | string' };

const config: CodegenConfig = {
  generates: Object.fromEntries(
    Object.entries(mappers).map(([domain, records]) => [
      `subgraphs/${domain}/types.generated.ts`,
      {
        schema: [`subgraphs/${domain}/schema.graphql`, 'schema/shared.graphql'],
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          useTypeImports: true,
          enumsAsTypes: true,
          immutableTypes: true,
          resolversNonOptionalTypename: { unionMember: true },
          contextType: '../context.ts#Context',
          mappers: {
            ...files(records),
            Provenance: '../provenance.ts#ProvenanceRecord',
          },
          scalars: { Instant: moment, LocalDate: 'string', Decimal: 'string', ID: 'string' },
        },
      },
    ]),
  ),
};
export default config;

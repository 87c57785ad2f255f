/** How a property travels; the number after a string is its MaxLength, the pair after a decimal its precision and scale. */
export interface FieldType {
  readonly edm: 'String' | 'Decimal' | 'DateTime' | 'DateTimeOffset' | 'Time' | 'Boolean';
  readonly maxLength: number | null;
  readonly scale: number | null;
}

/** One entity set of one service. */
export interface EntitySet {
  readonly service: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly fields: ReadonlyMap<string, FieldType>;
  readonly navigations: Readonly<Record<string, Navigation>>;
}

/** Which records a navigation property leads to: those of `target` whose `on` fields equal ours. */
interface Navigation {
  readonly target: string;
  readonly on: readonly (readonly [ours: string, theirs: string])[];
  readonly many: boolean;
}

const fieldType = (code: string): FieldType => {
  const [, letter = '', size, scale] = /^([SDTOPB])(\d+)?(?:\.(\d+))?$/.exec(code) ?? [];
  const edm = {
    S: 'String',
    P: 'Decimal',
    D: 'DateTime',
    O: 'DateTimeOffset',
    T: 'Time',
    B: 'Boolean',
  }[letter] as FieldType['edm'];
  return {
    edm,
    maxLength: letter === 'S' ? Number(size) : null,
    scale: letter === 'P' ? Number(scale ?? 0) : null,
  };
};

const fieldsOf = (text: string): ReadonlyMap<string, FieldType> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((part) => {
        const [name = '', code = ''] = part.split(':');
        return [name, fieldType(code)] as const;
      }),
  );

const same = (...names: string[]): (readonly [string, string])[] =>
  names.map((name) => [name, name] as const);

interface Definition {
  readonly service: string;
  readonly keys: string;
  readonly fields: string;
  readonly navigations?: Readonly<Record<string, Navigation>>;
}

// Names, types and lengths as the vendor publishes them; sets and properties that nobody here reads are left out, as an older release would.
const definitions: Readonly<Record<string, Definition>> = {
  A_PurchaseOrder: {
    service: 'API_PURCHASEORDER_PROCESS_SRV',
    keys: 'PurchaseOrder',
    fields: `PurchaseOrder:S10 CompanyCode:S4 PurchaseOrderType:S4 PurchasingDocumentDeletionCode:S1 PurchasingProcessingStatus:S2
      CreatedByUser:S12 CreationDate:D LastChangeDateTime:O Supplier:S10 Language:S2 PaymentTerms:S4 CashDiscount1Days:P3.0
      PurchasingOrganization:S4 PurchasingGroup:S3 PurchaseOrderDate:D DocumentCurrency:S5 ExchangeRate:S12
      ValidityStartDate:D ValidityEndDate:D SupplierRespSalesPersonName:S30 SupplierPhoneNumber:S16 SupplyingPlant:S4
      IncotermsClassification:S3 CorrespncExternalReference:S12 CorrespncInternalReference:S12 InvoicingParty:S10
      ReleaseIsNotCompleted:B PurchasingCompletenessStatus:B IncotermsLocation1:S70 AddressName:S40 AddressCityName:S40`,
    navigations: {
      to_PurchaseOrderItem: {
        target: 'A_PurchaseOrderItem',
        on: same('PurchaseOrder'),
        many: true,
      },
    },
  },
  A_PurchaseOrderItem: {
    service: 'API_PURCHASEORDER_PROCESS_SRV',
    keys: 'PurchaseOrder PurchaseOrderItem',
    fields: `PurchaseOrder:S10 PurchaseOrderItem:S5 PurchasingDocumentDeletionCode:S1 PurchaseOrderItemText:S40 Plant:S4
      StorageLocation:S4 MaterialGroup:S9 PurchasingInfoRecord:S10 SupplierMaterialNumber:S35 OrderQuantity:P13.3
      PurchaseOrderQuantityUnit:S3 OrderPriceUnit:S3 DocumentCurrency:S5 NetPriceAmount:P12.3 NetPriceQuantity:P5.0 TaxCode:S2
      OverdelivTolrtdLmtRatioInPct:P3.1 UnlimitedOverdeliveryIsAllowed:B IsCompletelyDelivered:B IsFinallyInvoiced:B
      PurchaseOrderItemCategory:S1 AccountAssignmentCategory:S1 GoodsReceiptIsExpected:B InvoiceIsExpected:B
      InvoiceIsGoodsReceiptBased:B PurchaseContract:S10 PurchaseContractItem:S5 PurchaseRequisition:S10
      PurchaseRequisitionItem:S5 RequisitionerName:S12 Material:S40 InternationalArticleNumber:S18 ManufacturerMaterial:S40`,
    navigations: {
      to_PurchaseOrder: { target: 'A_PurchaseOrder', on: same('PurchaseOrder'), many: false },
      to_AccountAssignment: {
        target: 'A_PurOrdAccountAssignment',
        on: same('PurchaseOrder', 'PurchaseOrderItem'),
        many: true,
      },
      to_ScheduleLine: {
        target: 'A_PurchaseOrderScheduleLine',
        on: [
          ['PurchaseOrder', 'PurchasingDocument'],
          ['PurchaseOrderItem', 'PurchasingDocumentItem'],
        ],
        many: true,
      },
    },
  },
  A_PurchaseOrderScheduleLine: {
    service: 'API_PURCHASEORDER_PROCESS_SRV',
    keys: 'PurchasingDocument PurchasingDocumentItem ScheduleLine',
    fields: `PurchasingDocument:S10 PurchasingDocumentItem:S5 ScheduleLine:S4 DelivDateCategory:S1 ScheduleLineDeliveryDate:D
      PurchaseOrderQuantityUnit:S3 ScheduleLineOrderQuantity:P13.3 ScheduleLineDeliveryTime:T`,
  },
  A_PurOrdAccountAssignment: {
    service: 'API_PURCHASEORDER_PROCESS_SRV',
    keys: 'PurchaseOrder PurchaseOrderItem AccountAssignmentNumber',
    fields: `PurchaseOrder:S10 PurchaseOrderItem:S5 AccountAssignmentNumber:S2 IsDeleted:B PurchaseOrderQuantityUnit:S3
      Quantity:P13.3 MultipleAcctAssgmtDistrPercent:P3.1 DocumentCurrency:S5 PurgDocNetAmount:P14.3 GLAccount:S10
      CostCenter:S10 ControllingArea:S4 GoodsRecipientName:S12`,
  },
  A_BusinessPartner: {
    service: 'API_BUSINESS_PARTNER',
    keys: 'BusinessPartner',
    fields: `BusinessPartner:S10 Supplier:S10 BusinessPartnerCategory:S1 BusinessPartnerFullName:S81 OrganizationBPName1:S40
      BusinessPartnerIsBlocked:B IsMarkedForArchiving:B CreationDate:D CreationTime:T LastChangeDate:D LastChangeTime:T`,
    navigations: {
      to_Supplier: { target: 'A_Supplier', on: same('Supplier'), many: false },
      to_BuPaIdentification: {
        target: 'A_BuPaIdentification',
        on: same('BusinessPartner'),
        many: true,
      },
    },
  },
  A_Supplier: {
    service: 'API_BUSINESS_PARTNER',
    keys: 'Supplier',
    fields: `Supplier:S10 SupplierName:S80 SupplierFullName:S220 PurchasingIsBlocked:B PostingIsBlocked:B
      PaymentIsBlockedForSupplier:B DeletionIndicator:B SupplierAccountGroup:S4 CreationDate:D`,
  },
  A_BuPaIdentification: {
    service: 'API_BUSINESS_PARTNER',
    keys: 'BusinessPartner BPIdentificationType BPIdentificationNumber',
    fields: 'BusinessPartner:S10 BPIdentificationType:S6 BPIdentificationNumber:S60',
  },
  A_Product: {
    service: 'API_PRODUCT_SRV',
    keys: 'Product',
    // YY1_* are customer fields, as hospitals add them for device data that the standard product does not carry.
    fields: `Product:S40 ProductType:S4 BaseUnit:S3 ProductStandardID:S18 Brand:S4 ProductManufacturerNumber:S40
      ManufacturerNumber:S10 IsMarkedForDeletion:B CrossPlantStatus:S2 CreationDate:D LastChangeDate:D LastChangeDateTime:O
      YY1_Brand_PRD:S80 YY1_Manufacturer_PRD:S120 YY1_GMDNTerm_PRD:S255`,
    navigations: {
      to_Description: { target: 'A_ProductDescription', on: same('Product'), many: true },
      to_ProductBasicText: { target: 'A_ProductBasicText', on: same('Product'), many: true },
    },
  },
  A_ProductDescription: {
    service: 'API_PRODUCT_SRV',
    keys: 'Product Language',
    fields: 'Product:S40 Language:S2 ProductDescription:S40',
  },
  A_ProductBasicText: {
    service: 'API_PRODUCT_SRV',
    keys: 'Product Language',
    fields: 'Product:S40 Language:S2 LongText:S5000',
  },
  A_CostCenter: {
    service: 'API_COSTCENTER_SRV',
    keys: 'ControllingArea CostCenter ValidityEndDate',
    fields: `ControllingArea:S4 CostCenter:S10 ValidityEndDate:D ValidityStartDate:D CompanyCode:S4 CostCenterCurrency:S5
      Department:S12 ProfitCenter:S10 IsBlkdForPrimaryCostsPosting:S1 CostCenterCategory:S1`,
    navigations: {
      to_Text: {
        target: 'A_CostCenterText',
        on: same('ControllingArea', 'CostCenter', 'ValidityEndDate'),
        many: true,
      },
    },
  },
  A_CostCenterText: {
    service: 'API_COSTCENTER_SRV',
    keys: 'CostCenter ControllingArea Language ValidityEndDate',
    fields: `CostCenter:S10 ControllingArea:S4 Language:S2 ValidityEndDate:D ValidityStartDate:D CostCenterName:S20
      CostCenterDescription:S40`,
  },
  A_JournalEntryItemBasic: {
    service: 'API_JOURNALENTRYITEMBASIC_SRV',
    keys: 'SourceLedger CompanyCode FiscalYear AccountingDocument LedgerGLLineItem Ledger',
    fields: `SourceLedger:S2 CompanyCode:S4 FiscalYear:S4 AccountingDocument:S10 LedgerGLLineItem:S6 Ledger:S2 GLAccount:S10
      ControllingArea:S4 CostCenter:S10 PostingDate:D CompanyCodeCurrency:S5 AmountInCompanyCodeCurrency:P23.2`,
  },
  A_SupplierInvoice: {
    service: 'API_SUPPLIERINVOICE_PROCESS_SRV',
    keys: 'SupplierInvoice FiscalYear',
    fields: `SupplierInvoice:S10 FiscalYear:S4 CompanyCode:S4 DocumentDate:D PostingDate:D CreationDate:D
      SupplierInvoiceIDByInvcgParty:S16 InvoicingParty:S10 DocumentCurrency:S5 InvoiceGrossAmount:P14.3
      PaymentBlockingReason:S1 SupplierInvoiceStatus:S1 ReverseDocument:S10 ReverseDocumentFiscalYear:S4 IsReversal:B`,
    navigations: {
      to_SuplrInvcItemPurOrdRef: {
        target: 'A_SuplrInvcItemPurOrdRef',
        on: same('SupplierInvoice', 'FiscalYear'),
        many: true,
      },
    },
  },
  A_SuplrInvcItemPurOrdRef: {
    service: 'API_SUPPLIERINVOICE_PROCESS_SRV',
    keys: 'SupplierInvoice FiscalYear SupplierInvoiceItem',
    fields: `SupplierInvoice:S10 FiscalYear:S4 SupplierInvoiceItem:S6 PurchaseOrder:S10 PurchaseOrderItem:S5 Plant:S4
      DocumentCurrency:S5 SupplierInvoiceItemAmount:P14.3 PurchaseOrderQuantityUnit:S3 QuantityInPurchaseOrderUnit:P13.3
      PurchaseOrderItemMaterial:S40`,
  },
  A_MaterialDocumentHeader: {
    service: 'API_MATERIAL_DOCUMENT_SRV',
    keys: 'MaterialDocumentYear MaterialDocument',
    fields: `MaterialDocumentYear:S4 MaterialDocument:S10 InventoryTransactionType:S2 DocumentDate:D PostingDate:D CreationDate:D
      CreationTime:T CreatedByUser:S12 MaterialDocumentHeaderText:S25 ReferenceDocument:S16 GoodsMovementCode:S2`,
    navigations: {
      to_MaterialDocumentItem: {
        target: 'A_MaterialDocumentItem',
        on: same('MaterialDocumentYear', 'MaterialDocument'),
        many: true,
      },
    },
  },
  A_MaterialDocumentItem: {
    service: 'API_MATERIAL_DOCUMENT_SRV',
    keys: 'MaterialDocumentYear MaterialDocument MaterialDocumentItem',
    fields: `MaterialDocumentYear:S4 MaterialDocument:S10 MaterialDocumentItem:S4 Material:S40 Plant:S4 StorageLocation:S4
      GoodsMovementType:S3 Supplier:S10 PurchaseOrder:S10 PurchaseOrderItem:S5 GoodsMovementRefDocType:S1 CostCenter:S10
      QuantityInEntryUnit:P13.3 EntryUnit:S3 QuantityInBaseUnit:P13.3 MaterialBaseUnit:S3`,
  },
  A_PurchasingInfoRecord: {
    service: 'API_INFORECORD_PROCESS_SRV',
    keys: 'PurchasingInfoRecord',
    fields: `PurchasingInfoRecord:S10 Supplier:S10 Material:S40 MaterialGroup:S9 SupplierMaterialNumber:S35 IsDeleted:B
      BaseUnit:S3 PurgDocOrderQuantityUnit:S3 CreationDate:D`,
    navigations: {
      to_PurgInfoRecdOrgPlantData: {
        target: 'A_PurgInfoRecdOrgPlantData',
        on: same('PurchasingInfoRecord'),
        many: true,
      },
    },
  },
  A_PurgInfoRecdOrgPlantData: {
    service: 'API_INFORECORD_PROCESS_SRV',
    keys: 'PurchasingInfoRecord PurchasingInfoRecordCategory PurchasingOrganization Plant',
    fields: `PurchasingInfoRecord:S10 PurchasingInfoRecordCategory:S1 PurchasingOrganization:S4 Plant:S4 Supplier:S10
      Material:S40 PurgDocOrderQuantityUnit:S3 MinimumPurchaseOrderQuantity:P13.3 Currency:S5 NetPriceAmount:P12.3
      MaterialPriceUnitQty:P5.0 PurchaseOrderPriceUnit:S3 PriceValidityEndDate:D IsMarkedForDeletion:B`,
  },
  A_PurchasingSource: {
    service: 'API_PURCHASING_SOURCE_SRV',
    keys: 'Material Plant SourceListRecord',
    fields: `Material:S40 Plant:S4 SourceListRecord:S5 ValidityStartDate:D ValidityEndDate:D Supplier:S10
      PurchasingOrganization:S4 PurchaseOutlineAgreement:S10 PurchaseOutlineAgreementItem:S5 SupplierIsFixed:B
      SourceOfSupplyIsBlocked:B`,
  },
  A_MatlStkInAcctMod: {
    service: 'API_MATERIAL_STOCK_SRV',
    keys: 'Material Plant StorageLocation Batch Supplier Customer WBSElementInternalID SDDocument SDDocumentItem InventorySpecialStockType InventoryStockType',
    fields: `Material:S40 Plant:S4 StorageLocation:S4 Batch:S10 Supplier:S10 Customer:S10 WBSElementInternalID:S24
      SDDocument:S10 SDDocumentItem:S6 InventorySpecialStockType:S1 InventoryStockType:S2 MaterialBaseUnit:S3
      MatlWrhsStkQtyInMatlBaseUnit:P31.14`,
  },
};

/** Every entity set by its name; names are unique over the services served here. */
export const catalog: ReadonlyMap<string, EntitySet> = new Map(
  Object.entries(definitions).map(([name, definition]) => [
    name,
    {
      service: definition.service,
      name,
      keys: definition.keys.split(' '),
      fields: fieldsOf(definition.fields),
      navigations: definition.navigations ?? {},
    },
  ]),
);

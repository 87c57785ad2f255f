/** What this connector cannot do without, per service and entity set. Other properties may be missing in a release, and customers add their own. */
export const requiredFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  API_PURCHASEORDER_PROCESS_SRV: {
    A_PurchaseOrder:
      'PurchaseOrder Supplier DocumentCurrency CorrespncExternalReference LastChangeDateTime',
    A_PurchaseOrderItem:
      'PurchaseOrder PurchaseOrderItem Material Plant OrderQuantity PurchaseOrderQuantityUnit NetPriceAmount NetPriceQuantity',
    A_PurOrdAccountAssignment: 'PurchaseOrder PurchaseOrderItem CostCenter GLAccount',
  },
  API_BUSINESS_PARTNER: {
    A_BusinessPartner:
      'BusinessPartner Supplier BusinessPartnerFullName LastChangeDate CreationDate',
  },
  API_PRODUCT_SRV: { A_Product: 'Product BaseUnit LastChangeDateTime' },
  API_COSTCENTER_SRV: { A_CostCenter: 'CostCenter ValidityStartDate ValidityEndDate' },
  API_JOURNALENTRYITEMBASIC_SRV: {
    A_JournalEntryItemBasic:
      'Ledger FiscalYear CostCenter CompanyCodeCurrency AmountInCompanyCodeCurrency',
  },
  API_SUPPLIERINVOICE_PROCESS_SRV: {
    A_SupplierInvoice: 'SupplierInvoice FiscalYear InvoicingParty InvoiceGrossAmount CreationDate',
    A_SuplrInvcItemPurOrdRef:
      'PurchaseOrder PurchaseOrderItem QuantityInPurchaseOrderUnit SupplierInvoiceItemAmount',
  },
  API_MATERIAL_DOCUMENT_SRV: {
    A_MaterialDocumentHeader: 'MaterialDocument MaterialDocumentYear CreationDate',
    A_MaterialDocumentItem: 'PurchaseOrder PurchaseOrderItem GoodsMovementType QuantityInEntryUnit',
  },
  API_INFORECORD_PROCESS_SRV: {
    A_PurchasingInfoRecord: 'PurchasingInfoRecord Supplier Material',
    A_PurgInfoRecdOrgPlantData: 'Plant NetPriceAmount MaterialPriceUnitQty Currency',
  },
  API_PURCHASING_SOURCE_SRV: {
    A_PurchasingSource: 'Material Plant Supplier PurchaseOutlineAgreement ValidityStartDate',
  },
  API_MATERIAL_STOCK_SRV: {
    A_MatlStkInAcctMod: 'Material Plant MaterialBaseUnit MatlWrhsStkQtyInMatlBaseUnit',
  },
};

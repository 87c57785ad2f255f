import { catalog, type EntitySet, type FieldType } from './catalog.ts';
import { ODataError } from './odata-error.ts';
import { equals, type Row, type Store } from './store.ts';

type Body = Readonly<Record<string, unknown>>;

const refuse = (code: string, message: string, property: string): never => {
  throw new ODataError(400, code, message, property);
};

const fromWireDate = (name: string, value: unknown): string => {
  const [, milliseconds] = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(String(value)) ?? [];
  if (milliseconds !== undefined) return new Date(Number(milliseconds)).toISOString();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(String(value)))
    return new Date(`${String(value)}Z`).toISOString();
  return refuse('/IWBEP/CM_MGW_RT/019', `Invalid value for property ${name}`, name);
};

const decimal = (name: string, type: FieldType, value: unknown): string => {
  // V2 carries Edm.Decimal as a string; a bare number is refused by the gateway's deserialiser.
  const match = /^-?\d+(?:\.(\d+))?$/.exec(typeof value === 'string' ? value : '');
  if (match === null)
    refuse('CX_SXML_PARSE_ERROR/001', `Invalid decimal in property '${name}'`, name);
  const digits = match?.[1] ?? '';
  if (digits.replace(/0+$/, '').length > (type.scale ?? 0))
    refuse(
      '/IWBEP/CM_MGW_RT/019',
      `Property '${name}' has invalid value '${String(value)}': scale exceeded`,
      name,
    );
  return String(value);
};

const storedValue = (name: string, type: FieldType, value: unknown): unknown => {
  if (value === null) return null;
  if (type.edm === 'Decimal') return decimal(name, type, value);
  if (type.edm === 'DateTime' || type.edm === 'DateTimeOffset') return fromWireDate(name, value);
  if (type.edm === 'Boolean')
    return typeof value === 'boolean'
      ? value
      : refuse('/IWBEP/CM_MGW_RT/019', `Invalid boolean in ${name}`, name);
  if (typeof value !== 'string')
    return refuse('/IWBEP/CM_MGW_RT/019', `Invalid string in ${name}`, name);
  if (type.maxLength !== null && value.length > type.maxLength)
    refuse(
      '/IWBEP/CM_MGW_RT/019',
      `Property '${name}' has invalid value '${value}': longer than ${type.maxLength}`,
      name,
    );
  return value;
};

/** The scalar properties of a request body as they are stored; an unknown property is refused by name. */
export const storedFields = (set: EntitySet, body: Body): Row => {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === '__metadata' || name in set.navigations) continue;
    const type = set.fields.get(name);
    if (type === undefined)
      refuse('CX_SXML_PARSE_ERROR/002', `Property '${name}' is invalid`, name);
    else row[name] = storedValue(name, type, value);
  }
  return row;
};

const setOf = (name: string): EntitySet => {
  const set = catalog.get(name);
  if (set === undefined) throw new Error(`The catalog has no ${name}.`);
  return set;
};

const children = (body: Body, name: string): Body[] => {
  const value = body[name];
  if (value === undefined || value === null) return [];
  const list = Array.isArray(value) ? value : (value as { results?: unknown }).results;
  return Array.isArray(list) ? (list as Body[]) : [];
};

const checkHeader = (store: Store, header: Row): void => {
  for (const name of [
    'CompanyCode',
    'PurchaseOrderType',
    'PurchasingOrganization',
    'PurchasingGroup',
    'DocumentCurrency',
  ])
    if (!header[name]) refuse('06/083', `Enter a value for ${name}`, name);
  const supplier = store.byKey('A_Supplier', String(header['Supplier'] ?? ''));
  if (supplier === null)
    refuse('06/321', `Supplier ${String(header['Supplier'] ?? '')} does not exist`, 'Supplier');
  if (supplier?.['PurchasingIsBlocked'] === true)
    refuse(
      '06/024',
      `Supplier ${String(header['Supplier'])} is blocked for purchasing`,
      'Supplier',
    );
};

const checkItem = (store: Store, item: Row): void => {
  const material = String(item['Material'] ?? '');
  if (material !== '' && store.byKey('A_Product', material) === null)
    refuse('M3/305', `The material ${material} does not exist or is not activated`, 'Material');
  if (store.byKey('Plant', String(item['Plant'] ?? '')) === null)
    refuse('06/027', `Plant ${String(item['Plant'] ?? '')} is not defined`, 'Plant');
  if (!(Number(item['OrderQuantity']) > 0)) refuse('06/077', 'Enter Quantity', 'OrderQuantity');
};

const checkAssignment = (store: Store, assignment: Row): void => {
  const costCenter = String(assignment['CostCenter'] ?? '');
  if (store.count('A_CostCenter', equals({ CostCenter: costCenter })) === 0)
    refuse('KI/101', `Cost center ${costCenter} does not exist`, 'CostCenter');
  if (!assignment['GLAccount']) refuse('ME/083', 'Enter G/L Account', 'GLAccount');
};

interface NewItem {
  readonly item: Row;
  readonly assignments: readonly Row[];
  readonly schedule: readonly Row[];
}

const readItem = (store: Store, body: Body, position: number): NewItem => {
  const item = storedFields(setOf('A_PurchaseOrderItem'), body);
  checkItem(store, item);
  const assignments = children(body, 'to_AccountAssignment').map((child) =>
    storedFields(setOf('A_PurOrdAccountAssignment'), child),
  );
  for (const assignment of assignments) checkAssignment(store, assignment);
  if (item['AccountAssignmentCategory'] === 'K' && assignments.length === 0)
    refuse('ME/019', 'Account assignment mandatory for the item', 'AccountAssignmentCategory');
  const number = String(item['PurchaseOrderItem'] ?? `${position * 10}`).padStart(5, '0');
  return {
    item: { ...item, PurchaseOrderItem: number },
    assignments,
    schedule: children(body, 'to_ScheduleLine').map((child) =>
      storedFields(setOf('A_PurchaseOrderScheduleLine'), child),
    ),
  };
};

const writeItem = (store: Store, order: Row, { item, assignments, schedule }: NewItem): void => {
  const keys = {
    PurchaseOrder: order['PurchaseOrder'],
    PurchaseOrderItem: item['PurchaseOrderItem'],
  };
  store.put('A_PurchaseOrderItem', {
    NetPriceQuantity: '1',
    IsCompletelyDelivered: false,
    IsFinallyInvoiced: false,
    PurchasingDocumentDeletionCode: '',
    GoodsReceiptIsExpected: true,
    InvoiceIsExpected: true,
    UnlimitedOverdeliveryIsAllowed: true,
    ...item,
    ...keys,
    DocumentCurrency: order['DocumentCurrency'],
  });
  assignments.forEach((assignment, index) => {
    store.put('A_PurOrdAccountAssignment', {
      IsDeleted: false,
      Quantity: item['OrderQuantity'],
      ...assignment,
      ...keys,
      AccountAssignmentNumber: String(index + 1).padStart(2, '0'),
      DocumentCurrency: order['DocumentCurrency'],
      ControllingArea: 'A000',
    });
  });
  schedule.forEach((line, index) => {
    store.put('A_PurchaseOrderScheduleLine', {
      ScheduleLineDeliveryTime: 'PT00H00M00S',
      ScheduleLineOrderQuantity: item['OrderQuantity'],
      ...line,
      PurchasingDocument: keys.PurchaseOrder,
      PurchasingDocumentItem: keys.PurchaseOrderItem,
      ScheduleLine: String(index + 1).padStart(4, '0'),
    });
  });
};

/** Checks and books a deep-inserted order in one transaction; gives its stored header. */
export const createPurchaseOrder = (store: Store, body: Body, now: Date): Row =>
  store.atomically(() => {
    const header = storedFields(setOf('A_PurchaseOrder'), body);
    checkHeader(store, header);
    const items = children(body, 'to_PurchaseOrderItem').map((item, index) =>
      readItem(store, item, index + 1),
    );
    if (items.length === 0)
      refuse('06/085', 'Purchase order still contains no items', 'to_PurchaseOrderItem');
    const today = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
    const order: Row = {
      PurchasingDocumentDeletionCode: '',
      PurchasingCompletenessStatus: false,
      ReleaseIsNotCompleted: false,
      PurchaseOrderDate: today,
      ...header,
      PurchaseOrder: String(store.nextNumber('purchase order', 4_500_000_001)),
      PurchasingProcessingStatus: '05',
      CreationDate: today,
      CreatedByUser: 'SYNCLINE',
      LastChangeDateTime: now.toISOString(),
    };
    store.put('A_PurchaseOrder', order);
    for (const item of items) writeItem(store, order, item);
    return order;
  });

import type { Store, Values } from './store.ts';
import { dateValue, decimalValue } from './value.ts';

/** Masters of one company; ids are Tryton's own codes. */
export interface SandboxSeed {
  readonly currency: string;
  readonly plants: readonly { readonly id: string; readonly name: string }[];
  readonly suppliers: readonly {
    readonly id: string;
    readonly name: string;
    readonly duns: string | null;
  }[];
  readonly items: readonly {
    readonly id: string;
    readonly gtin: string | null;
    readonly description: string;
    readonly brand: string | null;
    readonly catalogNumber: string | null;
    readonly manufacturer: string | null;
    readonly gmdnTerm: string | null;
    /** UN/ECE Recommendation 20; any but EA becomes a unit of measure with the code as its symbol. */
    readonly unit: string;
  }[];
  readonly costCenters: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
  }[];
  /** Tryton's product suppliers hold for the whole company, whichever the plant. */
  readonly sources: readonly {
    readonly itemId: string;
    readonly supplierId: string;
    readonly plantId: string;
    readonly price: string;
    readonly contractNumber: string | null;
    readonly minimumQuantity: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
  readonly stock: readonly {
    readonly itemId: string;
    readonly plantId: string;
    readonly onHand: string;
  }[];
  readonly actuals: readonly {
    readonly costCenterId: string;
    readonly amount: string;
    readonly fiscalYear: number;
  }[];
}

type Key = Readonly<Record<string, unknown>>;

/** The record with these values, made when it is not there; `also` is given to a new one only. */
const ensure = (
  store: Store,
  model: string,
  { key, also }: { key: Key; also?: Values },
): number => {
  const wanted = Object.entries(key);
  const found = store
    .all(model)
    .find((record) => wanted.every(([name, value]) => record[name] === value));
  return found?.id ?? store.create(model, { ...also, ...key });
};

/** What every company has before anybody works with it. */
const seedCompany = (store: Store, code: string): { company: number; currency: number } => {
  const currency = ensure(store, 'currency.currency', {
    key: { code },
    also: { name: code, symbol: code, digits: 2, rounding: decimalValue('0.01') },
  });
  const party = ensure(store, 'party.party', {
    key: { name: 'Hospital group' },
    also: { code: '1', addresses: [['create', [{ name: 'Head office' }]]] },
  });
  const company = ensure(store, 'company.company', { key: { party }, also: { currency } });
  ensure(store, 'res.user', { key: { login: 'admin' }, also: { name: 'Administrator', company } });
  for (const type of ['supplier', 'customer', 'lost_found'])
    ensure(store, 'stock.location', { key: { type }, also: { name: type } });
  ensure(store, 'account.invoice.payment_term', { key: { name: 'Net 30' } });
  for (const name of ['payable', 'expense']) {
    const type = ensure(store, 'account.account.type', { key: { name }, also: { [name]: true } });
    ensure(store, 'account.account', { key: { name, type } });
  }
  ensure(store, 'account.journal', { key: { type: 'expense' }, also: { name: 'Expense' } });
  ensure(store, 'product.uom', { key: { symbol: 'u' }, also: { name: 'Unit' } });
  ensure(store, 'analytic_account.account', {
    key: { type: 'root', code: 'CC' },
    also: { name: 'Cost centres', company },
  });
  return { company, currency };
};

const seedWarehouses = (store: Store, seed: SandboxSeed): void => {
  for (const { id: code, name } of seed.plants) {
    if (store.all('stock.location').some((location) => location['code'] === code)) continue;
    const zones = { input: 'Input Zone', storage: 'Storage Zone', output: 'Output Zone' };
    const ids = Object.fromEntries(
      Object.entries(zones).map(([zone, zoneName]) => [
        `${zone}_location`,
        store.create('stock.location', { name: zoneName, type: 'storage' }),
      ]),
    );
    const warehouse = store.create('stock.location', { code, name, type: 'warehouse', ...ids });
    store.write('stock.location', Object.values(ids), { parent: warehouse });
  }
};

const seedSuppliers = (store: Store, seed: SandboxSeed): void => {
  const term = ensure(store, 'account.invoice.payment_term', { key: { name: 'Net 30' } });
  const known = new Set(store.all('party.party').map((party) => party['code']));
  for (const { id: code, name, duns } of seed.suppliers) {
    if (known.has(code)) continue;
    store.create('party.party', {
      code,
      name,
      supplier_payment_term: term,
      addresses: [['create', [{ name }]]],
      identifiers: duns === null ? [] : [['create', [{ type: null, code: `DUNS-${duns}` }]]],
    });
  }
};

const unitId = (store: Store, unit: string): number =>
  ensure(store, 'product.uom', {
    key: { symbol: unit === 'EA' ? 'u' : unit },
    also: { name: unit },
  });

const categoriesOf = (store: Store, item: SandboxSeed['items'][number]): readonly number[] => {
  const tops = { Brand: item.brand, Manufacturer: item.manufacturer, GMDN: item.gmdnTerm };
  return Object.entries(tops).flatMap(([top, name]) => {
    if (name === null) return [];
    const parent = ensure(store, 'product.category', { key: { name: top, parent: null } });
    return ensure(store, 'product.category', { key: { name, parent } });
  });
};

const seedItems = (store: Store, seed: SandboxSeed): void => {
  const known = new Set(store.all('product.product').map((product) => product['code']));
  for (const item of seed.items) {
    if (known.has(item.id)) continue;
    const unit = unitId(store, item.unit);
    const identifiers = [
      ...(item.gtin === null ? [] : [{ type: 'ean', code: item.gtin }]),
      ...(item.catalogNumber === null ? [] : [{ type: null, code: item.catalogNumber }]),
    ];
    store.create('product.template', {
      name: item.description,
      purchasable: true,
      default_uom: unit,
      purchase_uom: unit,
      categories: [['add', categoriesOf(store, item)]],
      products: [['create', [{ code: item.id, identifiers: [['create', identifiers]] }]]],
    });
  }
};

const seedCostCenters = (store: Store, seed: SandboxSeed, company: number): void => {
  const root = ensure(store, 'analytic_account.account', { key: { type: 'root', code: 'CC' } });
  for (const { code, name } of seed.costCenters)
    ensure(store, 'analytic_account.account', {
      key: { code, type: 'normal' },
      also: { name, company, root, parent: root, state: 'opened' },
    });
};

const idBy = (store: Store, model: string, code: string): number => {
  const found = store.where(model, 'code', code)[0];
  if (found === undefined)
    throw new Error(`The seed names ${code}, which is not among its ${model}.`);
  return found.id;
};

/** Tryton 6.0 has no field for a contract: hospitals write number and days into the product supplier's name. */
const contractText = (source: SandboxSeed['sources'][number]): string | null =>
  source.contractNumber === null && source.validTo === null
    ? null
    : `${source.contractNumber ?? ''} ${source.validFrom}/${source.validTo ?? '..'}`.trim();

const seedSources = (
  store: Store,
  seed: SandboxSeed,
  { company, currency }: { company: number; currency: number },
): void => {
  for (const source of seed.sources) {
    const product = idBy(store, 'product.product', source.itemId);
    const template = Number(store.get('product.product', product)['template']);
    const party = idBy(store, 'party.party', source.supplierId);
    const price = {
      quantity: Number(source.minimumQuantity ?? 0),
      unit_price: decimalValue(source.price),
    };
    ensure(store, 'purchase.product_supplier', {
      key: { template, party, name: contractText(source) },
      also: {
        company,
        currency,
        prices: [['create', [price]]],
      },
    });
  }
};

/** What lies on the shelves before the first order came in: found there, as Tryton's inventories say. */
const seedStock = (store: Store, seed: SandboxSeed, company: number): void => {
  const from = ensure(store, 'stock.location', { key: { type: 'lost_found' } });
  const counted = new Set(
    store
      .all('stock.move')
      .map((move) => `${move['from_location']}/${move['to_location']}/${move['product']}`),
  );
  for (const { itemId, plantId, onHand } of seed.stock) {
    const product = idBy(store, 'product.product', itemId);
    const to = Number(
      store.get('stock.location', idBy(store, 'stock.location', plantId))['storage_location'],
    );
    if (Number(onHand) === 0 || counted.has(`${from}/${to}/${product}`)) continue;
    const uom = store.get(
      'product.template',
      Number(store.get('product.product', product)['template']),
    )['default_uom'];
    store.create('stock.move', {
      product,
      uom,
      company,
      quantity: Number(onHand),
      state: 'done',
      from_location: from,
      to_location: to,
      effective_date: dateValue(store.now()),
      write_uid: 1,
    });
  }
};

const seedActuals = (store: Store, seed: SandboxSeed): void => {
  for (const { costCenterId, amount, fiscalYear } of seed.actuals) {
    const account = idBy(store, 'analytic_account.account', costCenterId);
    const date = dateValue(new Date(Date.UTC(fiscalYear, 0, 31)));
    const booked = store
      .all('analytic_account.line')
      .some(
        (line) =>
          line['account'] === account && JSON.stringify(line['date']) === JSON.stringify(date),
      );
    if (!booked)
      store.create('analytic_account.line', {
        account,
        date,
        debit: decimalValue(amount),
        credit: decimalValue('0'),
      });
  }
};

/** Fills the books; what is there already stays as it is. */
export const seedStore = (store: Store, seed: SandboxSeed): void =>
  store.transaction(() => {
    const base = seedCompany(store, seed.currency);
    seedWarehouses(store, seed);
    seedSuppliers(store, seed);
    seedItems(store, seed);
    seedCostCenters(store, seed, base.company);
    seedSources(store, seed, base);
    seedStock(store, seed, base.company);
    seedActuals(store, seed);
  });

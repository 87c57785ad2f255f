import type { Sandbox } from '../../connectors/tryton/sandbox.ts';
import { date, decimal, type TrytonRpc } from './tryton-rpc.ts';

type Seed = Parameters<Sandbox['seed']>[0];

const byCode = (rpc: TrytonRpc, model: string, code: string): Promise<number> =>
  rpc.first(model, [['code', '=', code]]);

const company = (rpc: TrytonRpc): Promise<number> => rpc.first('company.company', []);

const createWarehouses = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  for (const { id: code, name } of seed.plants) {
    const zones = ['Input', 'Storage', 'Output'].map((zone) => ({
      name: `${name} ${zone}`,
      type: 'storage',
    }));
    const [input, storage, output] = await rpc.create('stock.location', ...zones);
    await rpc.create('stock.location', {
      code,
      name,
      type: 'warehouse',
      input_location: input,
      storage_location: storage,
      output_location: output,
      lost_found_location: await rpc.first('stock.location', [['type', '=', 'lost_found']]),
    });
  }
};

const createSuppliers = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  const term = await rpc.first('account.invoice.payment_term', []);
  for (const { id: code, name, duns } of seed.suppliers)
    await rpc.create('party.party', {
      code,
      name,
      supplier_payment_term: term,
      addresses: [['create', [{ name }]]],
      identifiers: duns === null ? [] : [['create', [{ type: null, code: `DUNS-${duns}` }]]],
    });
};

const ensure = async (
  rpc: TrytonRpc,
  model: string,
  values: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const domain = Object.entries(values).map(([name, value]) => [name, '=', value]);
  const [found] = await rpc.search(model, domain);
  return found ?? (await rpc.create(model, values))[0] ?? 0;
};

const unitId = async (rpc: TrytonRpc, unit: string): Promise<number> => {
  if (unit === 'EA') return rpc.first('product.uom', [['symbol', '=', 'u']]);
  const [found] = await rpc.search('product.uom', [['symbol', '=', unit]]);
  const category = await rpc.first('product.uom.category', [['name', '=', 'Units']]);
  const values = { name: unit, symbol: unit, category, factor: 1, rate: 1 };
  return found ?? (await rpc.create('product.uom', values))[0] ?? 0;
};

const createItems = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  const accounts = await rpc.first('product.category', [['accounting', '=', true]]);
  for (const item of seed.items) {
    const unit = await unitId(rpc, item.unit);
    const tops = { Brand: item.brand, Manufacturer: item.manufacturer, GMDN: item.gmdnTerm };
    const categories: number[] = [];
    for (const [top, name] of Object.entries(tops)) {
      if (name === null) continue;
      const parent = await ensure(rpc, 'product.category', { name: top, parent: null });
      categories.push(await ensure(rpc, 'product.category', { name, parent }));
    }
    const identifiers = [
      ...(item.gtin === null ? [] : [{ type: 'ean', code: item.gtin }]),
      ...(item.catalogNumber === null ? [] : [{ type: null, code: item.catalogNumber }]),
    ];
    const product = {
      suffix_code: item.id,
      cost_price: decimal('1'),
      identifiers: [['create', identifiers]],
    };
    await rpc.create('product.template', {
      name: item.description,
      type: 'goods',
      default_uom: unit,
      purchase_uom: unit,
      list_price: decimal('0'),
      cost_price_method: 'fixed',
      purchasable: true,
      account_category: accounts,
      categories: [['add', categories]],
      products: [['create', [product]]],
    });
  }
};

const createCostCenters = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  const root = await rpc.first('analytic_account.account', [['type', '=', 'root']]);
  for (const { code, name } of seed.costCenters)
    await rpc.create('analytic_account.account', {
      code,
      name,
      type: 'normal',
      state: 'opened',
      root,
      parent: root,
      company: await company(rpc),
    });
};

const createSources = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  for (const source of seed.sources) {
    const product = await byCode(rpc, 'product.product', source.itemId);
    const [row] = await rpc.read('product.product', [product], ['template']);
    const price = {
      quantity: Number(source.minimumQuantity ?? 0),
      unit_price: decimal(source.price),
    };
    await rpc.create('purchase.product_supplier', {
      template: row?.['template'],
      party: await byCode(rpc, 'party.party', source.supplierId),
      company: await company(rpc),
      currency: await byCode(rpc, 'currency.currency', seed.currency),
      name: `${source.contractNumber ?? ''} ${source.validFrom}/${source.validTo ?? '..'}`.trim(),
      prices: [['create', [price]]],
    });
  }
};

const createStock = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  for (const { itemId, plantId, onHand } of seed.stock) {
    const warehouse = await byCode(rpc, 'stock.location', plantId);
    const [place] = await rpc.read('stock.location', [warehouse], ['storage_location']);
    const product = await byCode(rpc, 'product.product', itemId);
    const [inventory] = await rpc.create('stock.inventory', {
      company: await company(rpc),
      location: place?.['storage_location'],
      date: date(new Date().toISOString().slice(0, 10)),
      lines: [['create', [{ product, quantity: Number(onHand) }]]],
    });
    await rpc.call('model.stock.inventory.confirm', [inventory]);
  }
};

/** A posting of the books in January, on the cost centre. */
const createActuals = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  for (const { costCenterId, amount, fiscalYear } of seed.actuals) {
    const day = date(`${fiscalYear}-01-31`);
    const account = (type: string) => rpc.first('account.account', [[`type.${type}`, '=', true]]);
    const zero = decimal('0');
    const analytic = {
      account: await byCode(rpc, 'analytic_account.account', costCenterId),
      debit: decimal(amount),
      credit: zero,
      date: day,
    };
    const spent = {
      account: await account('expense'),
      debit: decimal(amount),
      credit: zero,
      analytic_lines: [['create', [analytic]]],
    };
    const owed = { account: await account('revenue'), debit: zero, credit: decimal(amount) };
    const [move] = await rpc.create('account.move', {
      company: await company(rpc),
      journal: await rpc.first('account.journal', [['type', '=', 'expense']]),
      period: await rpc.first('account.period', [
        ['start_date', '<=', day],
        ['end_date', '>=', day],
      ]),
      date: day,
      lines: [['create', [spent, owed]]],
    });
    await rpc.call('model.account.move.post', [move]);
  }
};

/** Masters, prices, stock and postings, entered as a clerk would. */
export const createMasters = async (rpc: TrytonRpc, seed: Seed): Promise<void> => {
  await createWarehouses(rpc, seed);
  await createSuppliers(rpc, seed);
  await createItems(rpc, seed);
  await createCostCenters(rpc, seed);
  await createSources(rpc, seed);
  await createStock(rpc, seed);
  await createActuals(rpc, seed);
};

import { date, decimal, type TrytonRpc } from './tryton-rpc.ts';

const wizard = 'wizard.account.create_chart';

/** Minimal chart of accounts, by the assistant that Tryton itself offers. */
const createChart = async (rpc: TrytonRpc, company: number): Promise<number> => {
  const template = await rpc.first('account.account.template', [['parent', '=', null]]);
  const [session] = (await rpc.call(`${wizard}.create`)) as readonly [number];
  const account = { company, account_template: template };
  await rpc.call(`${wizard}.execute`, session, { start: {}, account }, 'create_account');
  const of = (type: string): Promise<number> =>
    rpc.first('account.account', [
      [`type.${type}`, '=', true],
      ['company', '=', company],
    ]);
  const expense = await of('expense');
  const properties = {
    company,
    account_receivable: await of('receivable'),
    account_payable: await of('payable'),
    category_account_expense: expense,
    category_account_revenue: await of('revenue'),
  };
  const given = { start: {}, account, properties };
  await rpc.call(`${wizard}.execute`, session, given, 'create_properties');
  await rpc.call(`${wizard}.delete`, session);
  return expense;
};

const createYear = async (rpc: TrytonRpc, company: number, year: number): Promise<void> => {
  const type = async (name: string): Promise<number> =>
    rpc.first('ir.sequence.type', [['name', '=', name]]);
  const [moves] = await rpc.create('ir.sequence', {
    name: `Moves ${year}`,
    sequence_type: await type('Account Move'),
    company,
  });
  const [bills] = await rpc.create('ir.sequence.strict', {
    name: `Bills ${year}`,
    sequence_type: await type('Invoice'),
    company,
  });
  const sequences = Object.fromEntries(
    ['in_invoice', 'in_credit_note', 'out_invoice', 'out_credit_note'].map((kind) => [
      `${kind}_sequence`,
      bills,
    ]),
  );
  const [fiscalYear] = await rpc.create('account.fiscalyear', {
    name: String(year),
    start_date: date(`${year}-01-01`),
    end_date: date(`${year}-12-31`),
    company,
    post_move_sequence: moves,
    invoice_sequences: [['create', [{ company, ...sequences }]]],
  });
  await rpc.call('model.account.fiscalyear.create_period', [fiscalYear], 1);
};

/** Makes a fresh database into a company that can buy: currency, company, accounts, fiscal year, payment term, cost centre root. */
export const createCompany = async (rpc: TrytonRpc, currencyCode: string): Promise<void> => {
  const [currency] = await rpc.create('currency.currency', {
    name: currencyCode,
    symbol: currencyCode,
    code: currencyCode,
    rounding: decimal('0.01'),
    digits: 2,
    rates: [['create', [{ date: date('2020-01-01'), rate: decimal('1') }]]],
  });
  const [party] = await rpc.create('party.party', {
    name: 'Hospital group',
    addresses: [['create', [{ name: 'Head office' }]]],
  });
  const [company = 0] = await rpc.create('company.company', { party, currency });
  await rpc.call('model.res.user.write', [1], { companies: [['add', [company]]], company });
  await rpc.refreshContext();
  const expense = await createChart(rpc, company);
  await createYear(rpc, company, new Date().getUTCFullYear());
  const remainder = { type: 'remainder', relativedeltas: [['create', [{ days: 30 }]]] };
  await rpc.create('account.invoice.payment_term', {
    name: 'Net 30',
    lines: [['create', [remainder]]],
  });
  await rpc.create('product.category', {
    name: 'Supplies',
    accounting: true,
    account_expense: expense,
  });
  await rpc.create('analytic_account.account', {
    name: 'Cost centres',
    type: 'root',
    code: 'CC',
    company,
  });
};

import { Decimal } from 'decimal.js';
import type { Clock } from '../../platform/clock.ts';
import type { Stock } from '../../subgraphs/inventory/ports.ts';
import type { TrytonClient } from './client.ts';
import { findMaster } from './masters.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';
import { wire } from './wire.ts';

/** Quantities by item, of goods on their way in from orders. */
const onOrderByItem = (moves: readonly Row[]): ReadonlyMap<number, Decimal> => {
  const totals = new Map<number, Decimal>();
  for (const move of moves) {
    const item = read.id(move, 'product');
    const before = totals.get(item) ?? new Decimal(0);
    totals.set(item, before.plus(read.decimal(move, 'quantity')));
  }
  return totals;
};

/** Stock of a warehouse with everything in it, in each item's own unit; an item that never lay there has a zero. */
export const trytonStock = (client: TrytonClient, clock: Clock): Stock => ({
  atFacility: async (facilityLocalId, call) => {
    const warehouse = await findMaster(
      client,
      {
        model: 'stock.location',
        what: 'warehouse',
        localId: facilityLocalId,
        where: [['type', '=', 'warehouse']],
        fields: ['input_location'],
      },
      call,
    );
    const now = clock.now().toISOString();
    const [products, moves] = await Promise.all([
      client.find(
        {
          model: 'product.product',
          where: [['type', '=', 'goods']],
          fields: ['code', 'quantity', 'default_uom.symbol'],
          context: {
            locations: [read.id(warehouse)],
            with_childs: true,
            stock_date_end: wire.date(now.slice(0, 10)),
          },
        },
        call,
      ),
      client.find(
        {
          model: 'stock.move',
          where: [
            ['state', 'in', ['draft', 'assigned']],
            ['origin', 'like', 'purchase.line,%'],
            ['from_location.type', '=', 'supplier'],
            ['to_location', '=', read.id(warehouse, 'input_location')],
          ],
          fields: ['product', 'quantity'],
        },
        call,
      ),
    ]);
    const onOrder = onOrderByItem(moves);
    return products.map((product) => {
      const unit = unitCode(read.words(product, 'default_uom.symbol'));
      return {
        itemLocalId: read.code(product) ?? '',
        facilityLocalId,
        onHand: { value: read.decimal(product, 'quantity'), unit },
        onOrder: { value: (onOrder.get(read.id(product)) ?? new Decimal(0)).toFixed(), unit },
        asOf: now,
      };
    });
  },
});

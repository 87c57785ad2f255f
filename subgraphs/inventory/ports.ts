import type { Call, Quantity } from '../../platform/call.ts';

/** How much of one item lies in one place of the connected system. */
export interface LocalStockPosition {
  readonly itemLocalId: string;
  readonly facilityLocalId: string;
  readonly onHand: Quantity;
  readonly onOrder: Quantity;
  readonly asOf: string;
}

/** Stock as one system holds it; read whole per facility. */
export interface Stock {
  readonly atFacility: (
    facilityLocalId: string,
    call: Call,
  ) => Promise<readonly LocalStockPosition[]>;
}

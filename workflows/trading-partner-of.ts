import type { Systems } from './systems.ts';

/** The name of the trading partner that carries orders to a supplier; null when none does. A partner of its own comes before one for all. */
export const tradingPartnerOf = (systems: Systems, supplierId: string): string | null => {
  const partners = [...systems.tradingPartners];
  const own = partners.find(
    ([, { supplierIds }]) => supplierIds !== 'ALL' && supplierIds.includes(supplierId),
  );
  const any = partners.find(([, { supplierIds }]) => supplierIds === 'ALL');
  return (own ?? any)?.[0] ?? null;
};

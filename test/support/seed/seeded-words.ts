/** The seeded world stands still at this moment. */
export const seededNow = new Date('2026-11-23T12:00:00.000Z');

export const two = (n: number): string => String(n).padStart(2, '0');
/** Three neighbours share a moment, so that paging has ties to get over. */
export const moment = (n: number): string =>
  `2026-11-${two(1 + Math.floor(n / 3))}T08:00:00.000001Z`;

export const provenance = { source: 's4-main', asOf: '2026-11-23T11:59:00.000Z' };

export const facilities = ['north', 'south'];
export const facilityOf = (n: number): string => facilities[n % 2] ?? '';

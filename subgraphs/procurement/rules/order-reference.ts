import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * The hub's own reference of the order for one supplier of a requisition: 12 characters of A-Z and 0-9, always the same for the
 * same pair, so that a look-up finds the order whatever was retried or killed. 36^12 leaves a chance of two alike below
 * one in a million for a million orders.
 */
export const orderReference = (requisitionId: string, supplierId: string): string => {
  const digest = createHash('sha256').update(`${requisitionId}\n${supplierId}`).digest();
  let number = digest.readBigUInt64BE(0);
  let text = '';
  for (let place = 0; place < 12; place += 1) {
    text += alphabet.charAt(Number(number % 36n));
    number /= 36n;
  }
  return text;
};

import { inputRefused } from '../input-refused.ts';

/**
 * The GTIN in its 14-digit form; GTIN-8, -12 and -13 are filled up with zeros. Refuses anything else and a wrong check digit
 * (GS1 General Specifications, mod-10 with weights 3 and 1 from the right).
 */
export const readGtin = (text: string): string => {
  if (!/^(\d{8}|\d{12,14})$/.test(text))
    throw inputRefused('A GTIN has 8, 12, 13 or 14 digits and nothing else.');
  const digits = [...text.padStart(14, '0')].map(Number);
  const sum = digits
    .slice(0, 13)
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  const expected = (10 - (sum % 10)) % 10;
  if (digits[13] !== expected)
    throw inputRefused(
      `The check digit of GTIN ${text} is wrong: it ends in ${digits[13]} where ${expected} belongs. Scan or type it again.`,
    );
  return digits.join('');
};

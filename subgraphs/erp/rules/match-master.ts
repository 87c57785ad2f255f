const legalForms =
  /\b(inc|incorporated|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|plc)\b/g;

/** A name without case, punctuation, accents and legal form: two systems spell the same company differently. */
export const normalisedName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(legalForms, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** A name as part of an id: lower case words joined by hyphens, at most 60 characters. */
export const slug = (name: string): string =>
  normalisedName(name).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '');

/** A GTIN in its 14-digit form; null when it has another length than 8, 12, 13 or 14 digits or a wrong check digit (GS1, mod 10). */
export const gtin14 = (gtin: string): string | null => {
  if (!/^(\d{8}|\d{12,14})$/.test(gtin)) return null;
  const digits = gtin.padStart(14, '0');
  const sum = [...digits].reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1),
    0,
  );
  return sum % 10 === 0 ? digits : null;
};

/** What tells one supplier from another. */
export interface SupplierKey {
  readonly name: string;
  readonly duns: string | null;
}

/**
 * True when both are the same company: by D-U-N-S number where both have one, else by normalised name.
 * Two numbers that differ are two companies, whatever the names.
 */
export const isSameSupplier = (a: SupplierKey, b: SupplierKey): boolean =>
  a.duns !== null && b.duns !== null
    ? a.duns === b.duns
    : normalisedName(a.name) === normalisedName(b.name);

/** The id that an item has in the hub: from its GTIN, else from catalogue number and description. */
export const itemIdentity = (item: {
  readonly gtin: string | null;
  readonly catalogNumber: string | null;
  readonly description: string;
}): string => {
  const gtin = item.gtin === null ? null : gtin14(item.gtin);
  if (gtin !== null) return `item-${gtin}`;
  return `item-${slug([item.catalogNumber, item.description].filter((part) => part !== null).join(' '))}`;
};

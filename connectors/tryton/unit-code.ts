/** Symbols that Tryton ships, and what UN/ECE Recommendation 20 calls them. Tryton has no field for the code itself. */
const known: Readonly<Record<string, string>> = {
  u: 'EA',
  kg: 'KGM',
  g: 'GRM',
  mg: 'MGM',
  l: 'LTR',
  L: 'LTR',
  ml: 'MLT',
  mL: 'MLT',
  'm³': 'MTQ',
  m: 'MTR',
  cm: 'CMT',
  mm: 'MMT',
  h: 'HUR',
  min: 'MIN',
  d: 'DAY',
};

/** The UN/ECE Recommendation 20 code of a unit's symbol. A symbol that is not known stands for itself: hospitals name their own units BX, CS. */
export const unitCode = (symbol: string): string => known[symbol] ?? symbol.toUpperCase();

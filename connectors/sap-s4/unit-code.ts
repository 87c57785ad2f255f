/* The system's internal unit codes where they differ from UN/ECE Recommendation 20 and 21; all others are the same. */
const commonCodes: Readonly<Record<string, string>> = {
  ST: 'H87',
  PAK: 'PK',
  KAR: 'CT',
  KI: 'CR',
  ROL: 'RO',
};
const internalCodes = new Map(
  Object.entries(commonCodes).map(([internal, common]) => [common, internal]),
);

/** The UN/ECE code of one of the system's units. */
export const toUnitCode = (internal: string): string => commonCodes[internal] ?? internal;

/** The system's own code of a UN/ECE unit. */
export const fromUnitCode = (common: string): string => internalCodes.get(common) ?? common;

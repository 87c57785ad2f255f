/**
 * True when a version comes before one that is known. Versions that count (1, 2, 3) are compared; of others nothing can be
 * said but the order of arrival, so the later arrival holds.
 */
export const isOutdated = (versionId: string, knownVersionId: string): boolean =>
  /^\d+$/.test(versionId) &&
  /^\d+$/.test(knownVersionId) &&
  BigInt(versionId) < BigInt(knownVersionId);

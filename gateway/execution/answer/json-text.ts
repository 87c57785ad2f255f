const quote = 34;
const backslash = 92;
const firstPrintable = 32;
const firstSurrogate = 0xd800;
// Above this length the engine's own JSON.stringify is faster than looking at each character.
const longestScanned = 48;

/** The JSON text of a string. */
export const jsonText = (value: string): string => {
  const length = value.length;
  if (length > longestScanned) return JSON.stringify(value);
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < firstPrintable || code === quote || code === backslash || code >= firstSurrogate)
      return JSON.stringify(value);
  }
  return `"${value}"`;
};

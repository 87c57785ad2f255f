import { createHash } from 'node:crypto';
import { asObjects, asText, type JsonObject } from './json.ts';
import { isClean } from './screen-text.ts';

/** The identifier system (and, elsewhere than in R4, the extension's URL) that links the requests of one basket. */
const basketSystem = 'urn:syncline:basket';

/** A short name that stands for a text and does not show it. */
export const opaque = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 24);

const isBasket = (system: unknown): boolean => /(?:^|[:/])basket$/i.test(asText(system) ?? '');

const shared = (document: JsonObject): string | undefined =>
  asText(document['groupIdentifier'] && asObjects([document['groupIdentifier']])[0]?.['value']) ??
  asText(asObjects(document['identifier']).find((each) => isBasket(each['system']))?.['value']) ??
  asText(asObjects(document['extension']).find((each) => isBasket(each['url']))?.['valueString']);

/**
 * The name that the requests of one basket share, else the request's own id. R4's SupplyRequest has no groupIdentifier, so an
 * identifier (or an extension with a valueString) whose system ends in "basket" carries it, such as urn:syncline:basket.
 */
export const basketOf = (
  document: JsonObject,
  localId: string,
  known: readonly string[],
): string => {
  const name = shared(document);
  if (name === undefined) return localId;
  return name.length <= 64 && isClean(name, known) ? name : opaque(`${basketSystem}|${name}`);
};

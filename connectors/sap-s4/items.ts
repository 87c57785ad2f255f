import type { Items, LocalItem } from '../../subgraphs/erp/ports.ts';
import type { Client } from './client.ts';
import { advance, sinceInstant } from './cursor.ts';
import { type Entity, instant, related, text, textOrNull } from './entity.ts';
import { dayLiteral, instantLiteral } from './query.ts';
import { toUnitCode } from './unit-code.ts';

const inLanguage = (records: readonly Entity[], language: string, name: string): string => {
  const found = records.find((record) => text(record, 'Language') === language) ?? records[0];
  return found === undefined ? '' : text(found, name);
};

const changedAt = (product: Entity): string =>
  instant(product, 'LastChangeDateTime') ??
  instant(product, 'CreationDate') ??
  new Date(0).toISOString();

const toItem = (product: Entity, language: string): LocalItem => ({
  localId: text(product, 'Product'),
  gtin: textOrNull(product, 'ProductStandardID'),
  // The description ends after 40 characters; a longer one is kept as the basic text.
  description:
    inLanguage(related(product, 'to_ProductBasicText'), language, 'LongText') ||
    inLanguage(related(product, 'to_Description'), language, 'ProductDescription'),
  // YY1_* are the customer's own fields; where a system has none of them there is no value.
  brand: textOrNull(product, 'YY1_Brand_PRD') ?? textOrNull(product, 'Brand'),
  catalogNumber: textOrNull(product, 'ProductManufacturerNumber'),
  manufacturer:
    textOrNull(product, 'YY1_Manufacturer_PRD') ?? textOrNull(product, 'ManufacturerNumber'),
  gmdnTerm: textOrNull(product, 'YY1_GMDNTerm_PRD'),
  unit: toUnitCode(text(product, 'BaseUnit')),
  changedAt: changedAt(product),
});

/** Product masters. */
export const items = (client: Client, language: string): Items => ({
  changedSince: async (cursor, call) => {
    const since = sinceInstant(cursor);
    const products = await client.list(
      { service: 'API_PRODUCT_SRV', path: 'A_Product' },
      {
        expand: 'to_Description,to_ProductBasicText',
        ...(since === null
          ? {}
          : {
              filter: `LastChangeDateTime ge ${instantLiteral(since)} or CreationDate ge ${dayLiteral(since)}`,
            }),
      },
      call,
    );
    const records = products.map((product) => toItem(product, language));
    return {
      records,
      cursor: advance(
        cursor,
        records.map((record) => record.changedAt),
      ),
    };
  },
});

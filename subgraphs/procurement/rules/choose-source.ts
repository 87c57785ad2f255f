import { Decimal } from 'decimal.js';
import type { Money } from '../../../platform/money.ts';

/** A source as the choice sees it. */
export interface SourceOffer {
  readonly supplierLocalId: string;
  readonly unitPrice: Money;
  /** Null when the price stands without a contract. */
  readonly contractNumber: string | null;
  readonly minimumQuantity: { readonly value: string } | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** The source that was chosen and how it stands to the contracts (On contract / off contract / leakage, docs: Contract rule). */
export interface SourceChoice<S extends SourceOffer> {
  readonly source: S;
  readonly contract: 'ON_CONTRACT' | 'OFF_CONTRACT';
}

const isValid = (offer: SourceOffer, onDate: string): boolean =>
  (offer.validFrom === null || offer.validFrom <= onDate) &&
  (offer.validTo === null || offer.validTo >= onDate);

const reachesMinimum = (offer: SourceOffer, quantity: string): boolean =>
  offer.minimumQuantity === null ||
  new Decimal(quantity).greaterThanOrEqualTo(offer.minimumQuantity.value);

const byContractThenPrice = (a: SourceOffer, b: SourceOffer): number =>
  Number(a.contractNumber === null) - Number(b.contractNumber === null) ||
  new Decimal(a.unitPrice.amount).comparedTo(b.unitPrice.amount) ||
  a.supplierLocalId.localeCompare(b.supplierLocalId, 'en');

/**
 * The source to buy from: a contract before none, then the best price, then the supplier's id so that the choice is always
 * the same. A source whose dates or minimum do not fit is none; null when nothing is left.
 */
export const chooseSource = <S extends SourceOffer>(
  offers: readonly S[],
  wanted: { readonly quantity: string; readonly onDate: string },
): SourceChoice<S> | null => {
  const [source] = offers
    .filter((offer) => isValid(offer, wanted.onDate) && reachesMinimum(offer, wanted.quantity))
    .toSorted(byContractThenPrice);
  if (source === undefined) return null;
  return { source, contract: source.contractNumber === null ? 'OFF_CONTRACT' : 'ON_CONTRACT' };
};

import type { Event } from '../../platform/event.ts';
import { keysOf, type Subscriber, wants } from './subscriber.ts';
import type { SubscriptionField } from './subscription-field.ts';

/** The live subscribers of one field, found by the value they filter by instead of asking each. */
interface FieldIndex {
  readonly field: SubscriptionField;
  readonly byKey: Map<string, Map<string, Set<Subscriber>>>;
  readonly unfiltered: Set<Subscriber>;
}

/** Each subscriber stands under one key only: the one with the fewest values, for that one narrows most. */
const placesOf = (subscriber: Subscriber): { key: string; values: readonly string[] } | null => {
  const [narrowest] = Object.entries(subscriber.filter.equals).sort(
    ([, a], [, b]) => a.length - b.length,
  );
  return narrowest === undefined ? null : { key: narrowest[0], values: narrowest[1] };
};

/** Who is live, by what they filter on. */
export class LiveIndex {
  readonly #fields = new Map<string, FieldIndex>();
  size = 0;

  add(subscriber: Subscriber): void {
    this.size += 1;
    for (const set of this.#setsOf(subscriber)) set.add(subscriber);
  }

  delete(subscriber: Subscriber): void {
    this.size -= 1;
    for (const set of this.#setsOf(subscriber)) set.delete(subscriber);
    const place = placesOf(subscriber);
    const index = this.#fields.get(subscriber.field.name);
    const values = place === null ? undefined : index?.byKey.get(place.key);
    for (const value of place?.values ?? [])
      if (values?.get(value)?.size === 0) values.delete(value);
  }

  /** Hands over everybody who wants the event. */
  forEachReader(event: Event, take: (reader: Subscriber) => void): void {
    for (const { field, byKey, unfiltered } of this.#fields.values()) {
      const keys = keysOf(field, event);
      if (keys === null) continue;
      const ask = (reader: Subscriber): void => {
        if (wants(reader, event, keys)) take(reader);
      };
      unfiltered.forEach(ask);
      for (const [key, values] of byKey) values.get(keys[key] ?? '')?.forEach(ask);
    }
  }

  #setsOf(subscriber: Subscriber): readonly Set<Subscriber>[] {
    const index = this.#indexOf(subscriber.field);
    const place = placesOf(subscriber);
    if (place === null) return [index.unfiltered];
    const values = getOrMake(index.byKey, place.key, () => new Map<string, Set<Subscriber>>());
    return place.values.map((value) => getOrMake(values, value, () => new Set<Subscriber>()));
  }

  #indexOf(field: SubscriptionField): FieldIndex {
    return getOrMake(this.#fields, field.name, () => ({
      field,
      byKey: new Map(),
      unfiltered: new Set<Subscriber>(),
    }));
  }
}

const getOrMake = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
};

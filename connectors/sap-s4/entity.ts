import { Decimal } from 'decimal.js';

/** One record of an OData V2 answer. */
export type Entity = Readonly<Record<string, unknown>>;

/** A string property; empty when the system leaves it out or empty. */
export const text = (entity: Entity, name: string): string => {
  const value = entity[name];
  return typeof value === 'string' ? value : '';
};

/** A string property; null when empty: the system has no null for strings. */
export const textOrNull = (entity: Entity, name: string): string | null =>
  text(entity, name).trim() || null;

/** A true-or-false property; an X is true as well, as older services send it. */
export const flag = (entity: Entity, name: string): boolean =>
  entity[name] === true || entity[name] === 'X' || entity[name] === 'true';

/** An exact number; zero when the system leaves it empty. */
export const decimal = (entity: Entity, name: string): Decimal => {
  const value = entity[name];
  return typeof value === 'string' && value !== '' ? new Decimal(value) : new Decimal(0);
};

/** An instant from /Date(ms)/ or /Date(ms+0000)/ in ISO; null when empty. */
export const instant = (entity: Entity, name: string): string | null => {
  // The offset only says how it was entered: the milliseconds are UTC.
  const [, milliseconds] = /^\/Date\((-?\d+)(?:[+-]\d+)?\)\/$/.exec(text(entity, name)) ?? [];
  return milliseconds === undefined ? null : new Date(Number(milliseconds)).toISOString();
};

/** A day as YYYY-MM-DD; null when empty or the system's "for ever". */
export const day = (entity: Entity, name: string): string | null => {
  const date = instant(entity, name)?.slice(0, 10) ?? null;
  return date === '9999-12-31' ? null : date;
};

/** A day and a PT13H52M33S time of day as one instant; null without the day. */
export const dayAndTime = (entity: Entity, dayName: string, timeName: string): string | null => {
  const date = instant(entity, dayName)?.slice(0, 10);
  if (date === undefined) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text(entity, timeName)) ?? [];
  return `${date}T${[hours, minutes, seconds].map((part) => part.padStart(2, '0')).join(':')}.000Z`;
};

/** The records behind an expanded navigation; none when it was not expanded. */
export const related = (entity: Entity, name: string): readonly Entity[] => {
  const value = entity[name];
  if (typeof value !== 'object' || value === null) return [];
  if ('results' in value) return Array.isArray(value.results) ? (value.results as Entity[]) : [];
  return '__deferred' in value ? [] : [value as Entity];
};

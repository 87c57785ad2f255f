import { asObject, asText } from './json.ts';

const written =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** The day of a FHIR date or dateTime as its author wrote it (days of business are local); the first day of a mere month or year. */
const dayOf = (value: unknown): string | null => {
  const parts = written.exec(asText(value) ?? '');
  if (parts === null) return null;
  const day = `${parts[1]}-${parts[2] ?? '01'}-${parts[3] ?? '01'}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  // 2026-02-31 would silently become March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
};

/** The instant of a FHIR instant, dateTime or date, in UTC; null when it is none. */
export const instantOf = (value: unknown): string | null => {
  const day = dayOf(value);
  if (day === null) return null;
  const text = asText(value) ?? '';
  const time = Date.parse(text.length > 10 ? text : `${day}T00:00:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

/** The day by which a request wants its goods: its occurrence, or the end of its period; null when it names none. */
export const neededBy = (document: Readonly<Record<string, unknown>>): string | null => {
  const period = asObject(document['occurrencePeriod']);
  return (
    dayOf(document['occurrenceDateTime']) ?? dayOf(period?.['end']) ?? dayOf(period?.['start'])
  );
};

import { asObject, asText } from './json.ts';
import { isClean } from './screen-text.ts';

const reference =
  /^(?:https?:\/\/[^?#]+\/)?([A-Z][A-Za-z]{1,40})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

/** Who may ask: staff, a role or an organisation. A patient or a relative never passes. */
const staff = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Device']);
/** Where goods may go: R4 allows a Patient too, who never passes. */
const places = new Set(['Location', 'Organization', 'HealthcareService']);

interface Target {
  readonly type: string | undefined;
  readonly reference: string | undefined;
  readonly display: string | undefined;
}

const targetOf = (value: unknown): Target => {
  const object = asObject(value) ?? {};
  const written = asText(object['reference']);
  const [, type, id] = reference.exec(written ?? '') ?? [];
  const said = asText(object['type']);
  const consistent = type === undefined ? written === undefined : (said ?? type) === type;
  return {
    // A reference that cannot be read may stand for a patient: it has no type, so nothing lets it pass.
    type: consistent ? (type ?? said) : 'unreadable',
    reference: type === undefined ? undefined : `${type}/${id}`,
    display: asText(object['display']),
  };
};

const passed = (text: string | undefined, known: readonly string[]): string | null =>
  text !== undefined && isClean(text, known) ? text : null;

/** The requester when the reference names staff; a bare display may be a patient's name and is dropped. */
export const staffOf = (value: unknown, known: readonly string[]): string | null => {
  const target = targetOf(value);
  if (!staff.has(target.type ?? '')) return null;
  return passed(target.reference ?? target.display, known);
};

/** The place when the reference names one, or the display text when there is only that. */
export const placeOf = (value: unknown, known: readonly string[]): string | null => {
  const target = targetOf(value);
  if (target.type !== undefined && !places.has(target.type)) return null;
  return passed(target.reference ?? target.display, known);
};

/** The reference to a thing (Device/pump-1); null when it names anything else. */
export const thingOf = (value: unknown, known: readonly string[]): string | null => {
  const target = targetOf(value);
  const things = ['Medication', 'Substance', 'Device', 'DeviceDefinition'];
  return things.includes(target.type ?? '') ? passed(target.reference, known) : null;
};

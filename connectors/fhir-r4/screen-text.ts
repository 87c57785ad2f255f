const removed = '[removed]';
const longestText = 500;

/** Words that follow "patient" in the names of things; after them no name is meant. */
const thingsOfPatients = new Set(
  `aid area bag bed belongings bib blanket bracelet cable care chair clothing control controlled drape electrode
  exam file gown handling hoist id-band identification interface kit lead lift lifter lifting line mattress
  monitor monitoring mover pad plate positioner positioning repositioning restraint return room safety scale
  shield sheet side slide sling slipper specific strap supply support table transfer transport tray use ward
  warmer warming wash wipe wipes wristband`.split(/\s+/),
);

const labels =
  'mrn|mr#|mr no|medical record(?: number| no\\.?)?|(?:patient|pat|pt)\\.? (?:id|no\\.?|number)|ssn|social security(?: number| no\\.?)?|dob|d\\.o\\.b\\.?|date of birth|birth ?date|born(?: on)?|nhs(?: number| no\\.?)?|member id|insurance (?:id|no\\.?)|account (?:no\\.?|number)|encounter(?: id| no\\.?)?|mbi|hicn';

const patterns: readonly RegExp[] = [
  new RegExp(`\\b(?:${labels})[\\s:#.=-]*(?:is\\s+)?[\\p{L}\\p{N}][\\p{L}\\p{N}/.-]*`, 'giu'),
  // E-mail address.
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g,
  // Social security number.
  /(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])/g,
  // Telephone number.
  /(?<![\w-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g,
  // A date in free text may be a date of birth; the dates of the request stand in fields of their own.
  /(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)/g,
  /\b(?:mr|mrs|ms|miss)\b\.? +\p{L}[\p{L}'-]*(?: +\p{Lu}[\p{L}'-]*){0,2}/giu,
];

const afterPatient =
  /\b(?:patient|pat|pt)\b[.:]?[\s:-]+(?:named? +)?(\p{L}[\p{L}'-]*)(?:,? +(\p{Lu}[\p{L}'-]*|(?<=\p{Ll} )\p{Ll}+)){0,2}/giu;

const withoutNames = (text: string): string =>
  text.replace(afterPatient, (whole, first: string) =>
    thingsOfPatients.has(first.toLowerCase()) ? whole : removed,
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const withoutKnown = (text: string, known: readonly string[]): string =>
  known.reduce((rest, each) => rest.replace(new RegExp(escaped(each), 'giu'), removed), text);

/**
 * Free text without what points to a patient: record and security numbers, dates, telephone, e-mail, "patient NAME", and the
 * words that the document itself says belong to a patient. 45 CFR 164.514(b)(2) lists the identifiers. At most 500 characters.
 */
export const screenText = (text: string, known: readonly string[] = []): string => {
  // Invisible characters would hide an identifier from the patterns.
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    .slice(0, longestText);
  return withoutNames(
    patterns.reduce((rest, each) => rest.replace(each, removed), withoutKnown(plain, known)),
  );
};

/** True when the text may be passed on as it is. */
export const isClean = (text: string, known: readonly string[] = []): boolean =>
  screenText(text, known) === text.normalize('NFKC') && text.length <= longestText;

/** One segment: its name is element 0, so that element numbers are those of the standard. */
export interface Segment {
  readonly id: string;
  readonly elements: readonly string[];
}

/** The segments from ISA to IEA, and what is wrong with the frame that could be read. */
export interface Interchange {
  readonly segments: readonly Segment[];
  readonly problems: readonly string[];
}

interface Tokens {
  readonly interchanges: readonly Interchange[];
  readonly problems: readonly string[];
}

const longestDocument = 5_000_000;
const isaWidths = [3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

interface Delimiters {
  readonly element: string;
  readonly terminator: string;
}

const named = (number: number): string => `ISA${String(number).padStart(2, '0')}`;

/** The ISA names its own delimiters by position; a padded-wrong one is still cut by its element separator, to say what is wrong. */
const readDelimiters = (text: string): Delimiters | null => {
  const element = text[3] ?? '';
  if (element === '' || /[\p{L}\p{N}\s]/u.test(element)) return null;
  const rest = text.slice(0, 400).split(element).slice(16).join(element);
  // After the one character of ISA16 comes the terminator; the GS that follows shows where.
  const terminator = rest[1] ?? '';
  return terminator === '' || /[\p{L}\p{N}]/u.test(terminator) ? null : { element, terminator };
};

const isaProblems = (isa: Segment): readonly string[] => {
  const found = isaWidths.flatMap((width, at) =>
    at > 0 && (isa.elements[at] ?? '').length !== width
      ? [
          `ISA: element ${named(at)} is ${(isa.elements[at] ?? '').length} characters long instead of ${width}; the sender must pad it.`,
        ]
      : [],
  );
  if (isa.elements.length === isaWidths.length) return found;
  return [
    ...found,
    `ISA: has ${isa.elements.length - 1} elements instead of 16; the sender must correct it.`,
  ];
};

interface Step {
  readonly interchange: Interchange;
  readonly end: number;
}

const segmentAt = (raw: string, delimiters: Delimiters): Segment => {
  const elements = raw.split(delimiters.element);
  return { id: elements[0] ?? '', elements };
};

/** Reads one interchange that starts at `start`; ends after its IEA, before the next ISA, or with the text. */
const readInterchange = (text: string, start: number): Step | null => {
  const delimiters = readDelimiters(text.slice(start, start + 400));
  if (delimiters === null) return null;
  const segments: Segment[] = [];
  let at = start;
  while (at < text.length) {
    const found = text.indexOf(delimiters.terminator, at);
    const end = found < 0 ? text.length : found;
    const segment = segmentAt(text.slice(at, end).trim(), delimiters);
    if (segment.id === 'ISA' && segments.length > 0) break;
    at = end + 1;
    if (segment.id !== '') segments.push(segment);
    if (segment.id === 'IEA') break;
  }
  const [isa] = segments;
  const problems = isa === undefined ? [] : isaProblems(isa);
  return { interchange: { segments, problems }, end: at };
};

interface Cut {
  readonly interchanges: readonly Interchange[];
  /** False when something is left that is no interchange. */
  readonly complete: boolean;
}

const cut = (text: string): Cut => {
  const interchanges: Interchange[] = [];
  let at = 0;
  while (at < text.length) {
    const step = text.startsWith('ISA', at) ? readInterchange(text, at) : null;
    if (step === null) return { interchanges, complete: false };
    interchanges.push(step.interchange);
    at = step.end;
    while (/\s/.test(text[at] ?? '')) at += 1;
  }
  return { interchanges, complete: text !== '' };
};

/** Cuts a raw document into interchanges. Each may have delimiters of its own; a byte order mark and line ends are taken off. */
export const tokenize = (raw: string): Tokens => {
  if (raw.length > longestDocument)
    return {
      interchanges: [],
      problems: [`document: is longer than ${longestDocument} characters; send it in parts.`],
    };
  const { interchanges, complete } = cut(raw.replace(/^[\uFEFF\s]+/, '').trimEnd());
  if (complete) return { interchanges, problems: [] };
  const problem =
    interchanges.length === 0
      ? 'ISA: the document does not begin with a readable ISA segment; send an X12 interchange.'
      : 'ISA: after IEA comes something that is no interchange; remove it.';
  return { interchanges, problems: [problem] };
};

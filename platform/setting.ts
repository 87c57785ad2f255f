/** One setting: an environment variable, what it is for, and what it may be. */
export interface Setting<T> {
  readonly variable: string;
  readonly description: string;
  /** As it would be written; null where there is none. */
  readonly fallback: string | null;
  /** In words, for the refusal. */
  readonly allowed: string;
  /** Undefined for what is not allowed. */
  readonly parse: (text: string) => T | undefined;
  /** Never shown. */
  readonly secret?: true;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings cannot be used; the message says which, why, and what is allowed, a line each. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
}

/** How the text of a variable becomes a value; undefined for what is not allowed. */
export const settingParsers = {
  text: (value: string): string => value,
  port: (text: string): number | undefined =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535 && Number(text) > 0 ? Number(text) : undefined,
  yesNo: (text: string): boolean | undefined =>
    ({ '1': true, true: true, yes: true, '0': false, false: false, no: false })[text.toLowerCase()],
  oneOf:
    <T extends string>(...words: readonly T[]) =>
    (text: string): T | undefined =>
      words.find((word) => word === text),
  address:
    (...protocols: readonly string[]) =>
    (text: string): string | undefined =>
      URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined,
} as const;

const refusal = (setting: Setting<unknown>, given: string): string => {
  const shown = setting.secret === true ? 'what is given' : `"${given}"`;
  return `${setting.variable}: ${shown} is not ${setting.allowed}. ${setting.description}`;
};

/**
 * The values of a table of settings, null where one has neither a value nor a fallback; empty variables count as not set.
 * Throws BadSettings with all that is wrong.
 */
export const readTable = <K extends string>(
  table: Readonly<Record<K, Setting<unknown>>>,
  env: Environment,
): Record<K, unknown> => {
  const wrong: string[] = [];
  const read = Object.entries<Setting<unknown>>(table).map(([name, setting]) => {
    const given = env[setting.variable]?.trim() || setting.fallback;
    if (given === null) return [name, null];
    const value = setting.parse(given);
    if (value === undefined) wrong.push(refusal(setting, given));
    return [name, value];
  });
  if (wrong.length > 0) throw new BadSettings(wrong.join('\n'));
  return Object.fromEntries(read);
};

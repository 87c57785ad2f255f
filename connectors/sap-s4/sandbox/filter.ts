import type { SQLInputValue } from 'node:sqlite';
import type { EntitySet } from './catalog.ts';
import { ODataError } from './odata-error.ts';
import { type Condition, column } from './store.ts';

const operators: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

const tokenPattern =
  /\s*(?:(?<text>(?:datetimeoffset|datetime|time)?'(?:[^']|'')*')|(?<mark>[()])|(?<word>[^\s()']+))/y;

const tokensOf = (filter: string): string[] => {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < filter.trimEnd().length) {
    const match = tokenPattern.exec(filter);
    if (match === null) throw invalid(filter);
    tokens.push(match[0].trim());
  }
  return tokens;
};

const invalid = (near: string): ODataError =>
  new ODataError(400, '/IWBEP/CM_MGW_RT/021', `Invalid filter expression near '${near}'`);

const quoted = (literal: string): string =>
  literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'");

const instant = (text: string): string => {
  const date = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(date.getTime()))
    throw new ODataError(400, '/IWBEP/CM_MGW_RT/022', `Invalid date ${text}`);
  return date.toISOString();
};

const literalValue = (literal: string): SQLInputValue => {
  if (literal.startsWith('datetime')) return instant(quoted(literal));
  if (literal.startsWith('time')) return quoted(literal);
  if (literal.startsWith("'")) return quoted(literal);
  if (literal === 'true' || literal === 'false') return literal === 'true' ? 1 : 0;
  const number = Number(literal.replace(/[mMdfL]$/, ''));
  if (Number.isNaN(number)) throw invalid(literal);
  return number;
};

/** Turns $filter (comparisons with and, or, not and parentheses) into a condition; functions are not served here and answer 400. */
export const parseFilter = (filter: string, set: EntitySet): Condition => {
  const tokens = tokensOf(filter);
  const values: SQLInputValue[] = [];
  const next = (): string => {
    const token = tokens.shift();
    if (token === undefined) throw invalid(filter);
    return token;
  };
  const comparison = (property: string): string => {
    const type = set.fields.get(property);
    if (type === undefined)
      throw new ODataError(
        400,
        '005056A509B11EE1B9A8FEC11C21578E',
        `Property ${property} not found in type ${set.name}Type.`,
        property,
      );
    const operator = operators[next()];
    const literal = next();
    if (operator === undefined) throw invalid(property);
    if (literal === 'null') return `${column(property)} IS ${operator === '=' ? '' : 'NOT '}NULL`;
    values.push(literalValue(literal));
    if (type.edm === 'Decimal')
      return `CAST(${column(property)} AS REAL) ${operator} CAST(? AS REAL)`;
    return `${column(property)} ${operator} ?`;
  };
  const primary = (): string => {
    const token = next();
    if (token === 'not') return `NOT (${primary()})`;
    if (token !== '(') return comparison(token);
    const inner = alternatives();
    if (next() !== ')') throw invalid(filter);
    return `(${inner})`;
  };
  const chain = (word: string, part: () => string): string => {
    const parts = [part()];
    while (tokens[0] === word) {
      tokens.shift();
      parts.push(part());
    }
    return parts.join(` ${word.toUpperCase()} `);
  };
  const alternatives = (): string => chain('or', () => chain('and', primary));
  const sql = alternatives();
  if (tokens.length > 0) throw invalid(tokens.join(' '));
  return { sql, values };
};

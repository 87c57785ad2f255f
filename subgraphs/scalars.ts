import { Decimal as Exact } from 'decimal.js';
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { inputRefused } from './input-refused.ts';

const scalar = (
  name: string,
  read: (value: unknown) => string,
  serialize: (value: unknown) => string,
): GraphQLScalarType<string, string> =>
  new GraphQLScalarType({
    name,
    serialize,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined),
  });

const instant = (value: unknown): string => {
  const date = value instanceof Date ? value : new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime()))
    throw inputRefused('An Instant is written like 2026-11-23T09:31:00.000Z.');
  return date.toISOString();
};

const localDate = (value: unknown): string => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const date = new Date(`${value}T00:00:00Z`);
    // 2026-02-30 parses as a day of March.
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)) return value;
  }
  throw inputRefused('A LocalDate is an existing day written like 2026-11-23.');
};

const decimalShape = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
const decimal = (value: unknown): string => {
  if (typeof value !== 'string' || value.length > 60 || !decimalShape.test(value))
    throw inputRefused('A Decimal is a number written as a string like "19.99".');
  return new Exact(value).toFixed();
};

/** The resolvers of the shared scalars: what the tables hold becomes what the contract promises. */
export const scalars = {
  Instant: scalar('Instant', instant, instant),
  LocalDate: scalar('LocalDate', localDate, localDate),
  Decimal: scalar('Decimal', decimal, decimal),
};

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The name itself when it is a GraphQL name. Everything that enters generated code passes here; anything else is a bug. */
export const checkedName = (name: string): string => {
  if (!graphqlName.test(name)) throw new Error(`"${name}" is no GraphQL name.`);
  return name;
};

/** Reads a property; names that every object inherits (`constructor`) are read through `own`, a parameter of the code. */
export const readCode = (object: string, name: string): string =>
  inherited.has(name) ? `own(${object},"${checkedName(name)}")` : `${object}.${checkedName(name)}`;

/** What generated code gets as `own`: the object's own property, or undefined. */
export const own = (object: object, name: string): unknown =>
  Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;

/**
 * A function from its source. The sources are written by this folder and by clients/compiled alone, from names that
 * `checkedName` accepted and strings that JSON.stringify quoted; nothing that a client or subgraph sends is part of them.
 */
export const compileFunction = <F>(
  source: string,
  parameters: Readonly<Record<string, unknown>>,
): F => {
  const names = Object.keys(parameters);
  const build = new Function(...names, `"use strict";${source}`);
  return build(...names.map((name) => parameters[name])) as F;
};

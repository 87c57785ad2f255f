import type { Values } from './run.ts';

/** `"name":value` for each of the names that has a value, joined by commas. */
export const variablesText = (variables: Values, names: readonly string[]): string => {
  let text = '';
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) text += `${text ? ',' : ''}"${name}":${JSON.stringify(value)}`;
  }
  return text;
};

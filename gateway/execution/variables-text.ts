import type { Values } from './run.ts';

/** `"name":value` for each of the names that has a value, joined by commas. */
export const variablesText = (variables: Values, names: readonly string[]): string => {
  let text = '';
  for (const name of names) {
    if (!Object.hasOwn(variables, name)) continue;
    const value = JSON.stringify(variables[name]);
    if (value !== undefined) text += `${text ? ',' : ''}"${name}":${value}`;
  }
  return text;
};

import { print, type VariableDefinitionNode } from 'graphql';
import type { Values } from './steps/run.ts';

const largestInt = 2_147_483_647;

const isText = (value: unknown): boolean => typeof value === 'string';

/** What coercion leaves as it is, by the type without a last `!`. */
const unchanged = new Map<string, (value: unknown) => boolean>([
  ['ID', isText],
  ['String', isText],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Float', (value) => typeof value === 'number' && Number.isFinite(value)],
  // How entities are represented: whatever is not null.
  [
    '[_Any!]',
    (value) => Array.isArray(value) && value.every((item) => item !== null && item !== undefined),
  ],
  ['Int', (value) => Number.isInteger(value) && Math.abs(value as number) <= largestInt],
]);

/** Whether given values need no coercion: each variable is there, and is of its own type. */
export const compileUnchanged = (
  definitions: readonly VariableDefinitionNode[],
): ((given: Values) => boolean) => {
  const checks = definitions.map(({ type, variable }) => ({
    name: variable.name.value,
    check: unchanged.get(print(type).replace(/!$/, '')),
  }));
  return (given) => {
    for (const { name, check } of checks) if (!check?.(given[name])) return false;
    return true;
  };
};

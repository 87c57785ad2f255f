import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { jsonText } from '../answer/json-text.ts';
import { compileFunction, own, readCode } from '../generated-code.ts';
import type { FetchNode } from './fetch-node.ts';
import { applyRewrites, isNameOfType } from './rewrites.ts';
import type { DataObject } from './run.ts';

/** The JSON text of what a subgraph needs to know an entity by; null when the object lacks any of it. */
export type Represent = (entity: DataObject) => string | null;

type Field = Extract<QueryPlanSelectionNode, { kind: 'Field' }>;
type Names = Readonly<Record<string, string>>;

const responseNameOf = (field: Field): string => field.alias ?? field.name;

const isField = (selection: QueryPlanSelectionNode): selection is Field =>
  selection.kind === 'Field';

/** Takes what is required out of objects of the answer. A missing field means that its fetch failed: then nothing is taken. */
class Requirement {
  readonly #schema: GraphQLSchema;
  readonly #names: Names;

  constructor(schema: GraphQLSchema, names: Names) {
    this.#schema = schema;
    this.#names = names;
  }

  take(source: unknown, selections: readonly QueryPlanSelectionNode[]): DataObject | null {
    if (typeof source !== 'object' || source === null) return null;
    const taken: DataObject = {};
    for (const selection of selections) {
      if (isField(selection)) {
        const value = own(source, responseNameOf(selection));
        if (value === undefined) return null;
        taken[this.#nameOf(selection)] = this.below(value, selection.selections);
      } else if (this.#applies(selection.typeCondition, source)) {
        Object.assign(taken, this.take(source, selection.selections));
      }
    }
    return taken;
  }

  below(value: unknown, selections: readonly QueryPlanSelectionNode[] | undefined): unknown {
    if (!selections) return value;
    return Array.isArray(value)
      ? value.map((item) => this.below(item, selections))
      : this.take(value, selections);
  }

  #nameOf(field: Field): string {
    const name = responseNameOf(field);
    return this.#names[name] ?? name;
  }

  #applies(condition: string | undefined, source: object): boolean {
    const name = own(source, '__typename');
    return (
      condition !== undefined &&
      typeof name === 'string' &&
      isNameOfType(this.#schema, name, condition)
    );
  }
}

/** Any requirement, for any type; rewrites included. */
const representAnything = (
  requirement: Requirement,
  node: FetchNode,
  schema: GraphQLSchema,
): Represent => {
  const selections = node.requires ?? [];
  const rewrites = node.inputRewrites ?? [];
  return (entity) => {
    const taken = requirement.take(entity, selections);
    if (!taken?.['__typename']) return null;
    applyRewrites(schema, rewrites, taken);
    return JSON.stringify(taken);
  };
};

const leafText = (value: unknown): string =>
  typeof value === 'string' ? jsonText(value) : JSON.stringify(value);

/** The usual requirement, plain fields of one type, as generated code. */
const representFields = (
  typeName: string,
  fields: readonly Field[],
  requirement: Requirement,
  names: Names,
): Represent => {
  const parts: string[] = [];
  let checks = '';
  fields.forEach((field, at) => {
    const name = responseNameOf(field);
    const key = JSON.stringify(`"${names[name] ?? name}":`);
    if (name === '__typename') {
      parts.push(`${key}+${JSON.stringify(JSON.stringify(typeName))}`);
      return;
    }
    checks += `const value${at}=${readCode('entity', name)};if(value${at}===undefined)return null;`;
    parts.push(
      field.selections
        ? `${key}+JSON.stringify(requirement.below(value${at},selections[${at}]))`
        : `${key}+leafText(value${at})`,
    );
  });
  return compileFunction<Represent>(
    `return function represent(entity){${checks}return '{'+${parts.join("+','+")}+'}';};`,
    { leafText, own, requirement, selections: fields.map((field) => field.selections) },
  );
};

/** How entities of one type are represented for a fetch. */
const representType = (typeName: string, node: FetchNode, schema: GraphQLSchema): Represent => {
  const names = node.requiredAs ?? {};
  const requirement = new Requirement(schema, names);
  const applicable = (node.requires ?? []).filter(
    (selection) =>
      isField(selection) ||
      (selection.typeCondition && isNameOfType(schema, typeName, selection.typeCondition)),
  );
  if (applicable.length === 0) return () => null;
  const [only] = applicable;
  const isPlain =
    applicable.length === 1 &&
    only?.kind === 'InlineFragment' &&
    isObjectType(schema.getType(typeName)) &&
    !node.inputRewrites?.length &&
    only.selections.some((field) => isField(field) && responseNameOf(field) === '__typename');
  const fields = isPlain ? only.selections.filter(isField) : [];
  return isPlain && fields.length === only.selections.length
    ? representFields(typeName, fields, requirement, names)
    : representAnything(requirement, node, schema);
};

/** Representations for an entity fetch, compiled once for each type of entity that comes by. */
export const compileRepresent = (node: FetchNode, schema: GraphQLSchema): Represent => {
  const compiled = new Map<string, Represent>();
  return (entity) => {
    const typeName = entity['__typename'];
    if (typeof typeName !== 'string') return null;
    let represent = compiled.get(typeName);
    if (!represent) {
      // A name that the supergraph does not know would let a subgraph fill this map without end.
      if (!schema.getType(typeName)) return null;
      represent = representType(typeName, node, schema);
      compiled.set(typeName, represent);
    }
    return represent(entity);
  };
};

/** What a fetch requires of the entities of one type, where that is nothing but fields without selections of their own. */
export interface RequiredLeaves {
  readonly typeName: string;
  /** Their response names but the last one. */
  readonly above: readonly string[];
  readonly last: string;
}

/** Null where a fetch requires more: entities that it requires leaves of can be compared without writing their text. */
export const requiredLeaves = (node: FetchNode, schema: GraphQLSchema): RequiredLeaves | null => {
  const [only, ...others] = node.requires ?? [];
  if (only?.kind !== 'InlineFragment' || others.length > 0 || node.inputRewrites?.length)
    return null;
  const { typeCondition: typeName, selections } = only;
  if (!typeName || !isObjectType(schema.getType(typeName))) return null;
  const leaves = selections.filter(isField).filter((field) => !field.selections);
  if (leaves.length < selections.length) return null;
  const names = leaves.map(responseNameOf);
  const above = names.filter((name) => name !== '__typename');
  const last = above.length < names.length ? above.pop() : undefined;
  return last === undefined ? null : { typeName, above, last };
};

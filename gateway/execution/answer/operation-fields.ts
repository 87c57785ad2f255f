import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../inline-fragments.ts';
import type { PlannedNames } from '../planning/planned-names.ts';
import type { Values } from '../steps/run.ts';

/** The type that an object has. An interface object keeps its interface's name until a subgraph that knows better answers. */
export type RuntimeType = GraphQLObjectType | GraphQLInterfaceType;

/** What one response name of an object is made of: its field, and the selections below it. */
export interface CollectedField {
  readonly responseName: string;
  /** Under which the data holds it. */
  readonly dataName: string;
  readonly name: string;
  readonly selections: SelectionSetNode[];
}

/** Under which name data holds a field. */
type FieldNames = Pick<PlannedNames, 'of'>;

interface Collecting {
  readonly type: RuntimeType;
  readonly variables: Values;
  readonly fields: Map<string, CollectedField>;
  readonly visited: Set<string>;
}

/** Does a @skip or @include leave this selection out, with these variables? */
const isExcluded = (selection: SelectionNode, variables: Values): boolean =>
  (selection.directives ?? []).some((directive) => {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') return false;
    const value = directive.arguments?.[0]?.value;
    const given =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    return name === 'skip' ? given === true : given !== true;
  });

/** The fields of an object in the order of the GraphQL specification (CollectFields). */
export class OperationFields {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  readonly #names: FieldNames;

  constructor(schema: GraphQLSchema, document: DocumentNode, names: FieldNames) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#names = names;
  }

  of(
    type: RuntimeType,
    selections: readonly SelectionSetNode[],
    variables: Values,
  ): CollectedField[] {
    const fields = new Map<string, CollectedField>();
    const collecting = { type, variables, fields, visited: new Set<string>() };
    for (const set of selections) this.#collect(set, collecting);
    return [...fields.values()];
  }

  #collect(set: SelectionSetNode, collecting: Collecting): void {
    for (const selection of set.selections) {
      if (isExcluded(selection, collecting.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        this.#addField(selection, collecting.fields);
        continue;
      }
      const below = this.#fragment(selection, collecting);
      if (below) this.#collect(below, collecting);
    }
  }

  #addField(selection: FieldNode, fields: Map<string, CollectedField>): void {
    const responseName = (selection.alias ?? selection.name).value;
    let field = fields.get(responseName);
    if (!field) {
      const dataName = this.#names.of(selection);
      field = { responseName, dataName, name: selection.name.value, selections: [] };
      fields.set(responseName, field);
    }
    if (selection.selectionSet) field.selections.push(selection.selectionSet);
  }

  /** The selections of a fragment that applies and was not visited yet. */
  #fragment(
    selection: Exclude<SelectionNode, { kind: Kind.FIELD }>,
    { type, visited }: Collecting,
  ): SelectionSetNode | null {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      return this.#applies(condition, type) ? selection.selectionSet : null;
    }
    const name = selection.name.value;
    if (visited.has(name)) return null;
    visited.add(name);
    const fragment = this.#fragments.get(name);
    return fragment && this.#applies(fragment.typeCondition.name.value, type)
      ? fragment.selectionSet
      : null;
  }

  #applies(condition: string | undefined, type: RuntimeType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.#schema.getType(condition);
    return isAbstractType(wanted) && this.#schema.isSubType(wanted, type);
  }
}

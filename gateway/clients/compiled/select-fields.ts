import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { Compilation, SelectedField } from './compilation.ts';

const isIncluded = (node: SelectionNode, variables: Compilation['variables']): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;

const definitionOf = (
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find((field) => field.name === name);
  return meta && type === schema.getQueryType() ? meta : type.getFields()[name];
};

/** Collects the fields of one type (CollectFields of the specification). */
class Selection {
  readonly nodes = new Map<string, FieldNode[]>();
  readonly #type: GraphQLObjectType;
  readonly #compilation: Compilation;
  readonly #visited = new Set<string>();

  constructor(type: GraphQLObjectType, compilation: Compilation) {
    this.#type = type;
    this.#compilation = compilation;
  }

  add(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (!isIncluded(node, this.#compilation.variables)) continue;
      if (node.kind === Kind.FIELD) this.#addField(node);
      else this.#addFragment(node);
    }
  }

  #addField(node: FieldNode): void {
    const name = (node.alias ?? node.name).value;
    const known = this.nodes.get(name);
    if (known) known.push(node);
    else this.nodes.set(name, [node]);
  }

  #addFragment(node: Exclude<SelectionNode, FieldNode>): void {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      if (this.#applies(node.typeCondition?.name.value)) this.add(node.selectionSet);
      return;
    }
    const name = node.name.value;
    if (this.#visited.has(name)) return;
    this.#visited.add(name);
    const fragment = this.#compilation.fragments[name];
    if (fragment && this.#applies(fragment.typeCondition.name.value))
      this.add(fragment.selectionSet);
  }

  #applies(condition: string | undefined): boolean {
    if (condition === undefined || condition === this.#type.name) return true;
    const { schema } = this.#compilation;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, this.#type);
  }
}

/** The fields of a type that selection sets ask for, in the order of the answer. What the type does not have is left out. */
export const selectFields = (
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  compilation: Compilation,
): readonly SelectedField[] => {
  const selection = new Selection(type, compilation);
  for (const set of sets) selection.add(set);
  return [...selection.nodes].flatMap(([responseName, nodes]) => {
    const definition = definitionOf(compilation.schema, type, nodes[0]?.name.value ?? '');
    return definition ? [{ responseName, nodes, parentType: type, definition }] : [];
  });
};

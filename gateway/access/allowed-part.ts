import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Demand } from './demand.ts';
import type { Protection } from './protection.ts';

/** What decides about an operation. */
export interface Judgement {
  readonly schema: GraphQLSchema;
  readonly protection: Protection;
  /** Are all of these met? */
  readonly may: (demands: readonly Demand[]) => boolean;
  /** An alias that the operation does not use, for the types of objects. */
  readonly typeAlias: string;
}

const selectionSet = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});

/** Takes from an operation what may not be read. */
class Filter {
  readonly #judgement: Judgement;

  constructor(judgement: Judgement) {
    this.#judgement = judgement;
  }

  /** Empty when nothing is left but what was added here. */
  selections(parent: GraphQLCompositeType, set: SelectionSetNode): readonly SelectionNode[] {
    const kept = set.selections.flatMap((selection) => this.#selection(parent, selection));
    if (kept.length === 0 || !isAbstractType(parent)) return kept;
    const { schema, protection, may, typeAlias } = this.#judgement;
    // Objects that may not be read are found by their types once they are there.
    for (const { name } of schema.getPossibleTypes(parent)) may(protection.ofType(name));
    const alias = { kind: Kind.NAME, value: typeAlias } as const;
    return [{ kind: Kind.FIELD, alias, name: { kind: Kind.NAME, value: '__typename' } }, ...kept];
  }

  #selection(parent: GraphQLCompositeType, selection: SelectionNode): readonly SelectionNode[] {
    if (selection.kind === Kind.FIELD) return this.#field(parent, selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.#fragment(parent, selection);
    throw new Error('Fragments are written out before an operation is filtered.');
  }

  #fragment(parent: GraphQLCompositeType, fragment: InlineFragmentNode): readonly SelectionNode[] {
    const { schema, protection, may } = this.#judgement;
    const { typeCondition } = fragment;
    const type = typeCondition ? schema.getType(typeCondition.name.value) : parent;
    if (!isCompositeType(type) || !may(protection.ofType(type.name))) return [];
    const kept = this.selections(type, fragment.selectionSet);
    return kept.length > 0 ? [{ ...fragment, selectionSet: selectionSet(kept) }] : [];
  }

  #field(parent: GraphQLCompositeType, field: FieldNode): readonly SelectionNode[] {
    const name = field.name.value;
    if (name.startsWith('__') || isUnionType(parent)) return [field];
    const definition = parent.getFields()[name];
    if (!definition) throw new Error(`${parent.name} has no field ${name}.`);
    if (!this.#mayRead(parent.name, field, definition.args)) return [];
    const type = getNamedType(definition.type);
    if (!(field.selectionSet && isCompositeType(type))) return [field];
    const kept = this.selections(type, field.selectionSet);
    return kept.length > 0 ? [{ ...field, selectionSet: selectionSet(kept) }] : [];
  }

  #mayRead(
    parent: string,
    { name, arguments: given = [] }: FieldNode,
    args: readonly GraphQLArgument[],
  ): boolean {
    const { protection, may } = this.#judgement;
    const mayGive = given.every((argument) => {
      const definition = args.find((arg) => arg.name === argument.name.value);
      return !definition || may(protection.ofInput(getNamedType(definition.type).name));
    });
    return may(protection.ofField(parent, name.value)) && mayGive;
  }
}

/**
 * The operation without what may not be read, and null when nothing of it is left. What is empty without its protected
 * fields goes with them. `operation` has no fragment spreads.
 *
 * Where the type of an object is known only once it is there, its type is asked for under `typeAlias`: whoever writes the
 * answer takes objects out that may not be read.
 */
export const allowedPart = (
  operation: OperationDefinitionNode,
  judgement: Judgement,
): OperationDefinitionNode | null => {
  const root = judgement.schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no type for a ${operation.operation}.`);
  const kept = new Filter(judgement).selections(root, operation.selectionSet);
  return kept.length > 0 ? { ...operation, selectionSet: selectionSet(kept) } : null;
};

import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { inlineFragments } from '../inline-fragments.ts';
import type { SubgraphFields } from './subgraph-fields.ts';

const typename: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

const fieldType = (type: GraphQLCompositeType, name: string) =>
  isUnionType(type) ? undefined : type.getFields()[name]?.type;

/** Moves what objects of some types are asked for to the interface, where the interface has it. */
class Mover {
  readonly #schema: GraphQLSchema;
  readonly #fields: SubgraphFields;

  constructor(schema: GraphQLSchema, fields: SubgraphFields) {
    this.#schema = schema;
    this.#fields = fields;
  }

  set(set: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return [this.#field(selection, type)];
      return selection.kind === Kind.INLINE_FRAGMENT
        ? this.#fragment(selection, type)
        : [selection];
    });
    return { ...set, selections };
  }

  #field(field: FieldNode, type: GraphQLCompositeType): FieldNode {
    const below = getNamedType(fieldType(type, field.name.value));
    return field.selectionSet && isCompositeType(below)
      ? { ...field, selectionSet: this.set(field.selectionSet, below) }
      : field;
  }

  #fragment(
    fragment: InlineFragmentNode,
    type: GraphQLCompositeType,
  ): readonly InlineFragmentNode[] {
    const condition = this.#schema.getType(fragment.typeCondition?.name.value ?? type.name);
    if (!isCompositeType(condition)) return [fragment];
    const inside = { ...fragment, selectionSet: this.set(fragment.selectionSet, condition) };
    if (!(isInterfaceType(type) && isObjectType(condition))) return [inside];
    const isMoved = ({ name: { value } }: FieldNode): boolean =>
      this.#fields.isOnTheWay(type.name, value) &&
      String(fieldType(type, value)) === String(fieldType(condition, value));
    return [
      ...this.#part(inside, isMoved, type),
      ...this.#part(inside, (field) => !isMoved(field), null),
    ];
  }

  /** The fragment with some of its fields, on the interface or as it was; none when there are none. */
  #part(
    fragment: InlineFragmentNode,
    isKept: (field: FieldNode) => boolean,
    on: GraphQLInterfaceType | null,
  ): InlineFragmentNode[] {
    const kept = fragment.selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return isKept(selection) ? [selection] : [];
      return selection.kind === Kind.INLINE_FRAGMENT ? this.#part(selection, isKept, on) : [];
    });
    if (kept.length === 0) return [];
    const selectionSet = { ...fragment.selectionSet, selections: [typename, ...kept] };
    if (on === null) return [{ ...fragment, selectionSet }];
    const { typeCondition: _, ...unconditional } = fragment;
    return [{ ...unconditional, selectionSet }];
  }
}

/** What the operations of a graph are written out with. */
export interface GraphFields {
  readonly api: GraphQLSchema;
  readonly fields: SubgraphFields;
}

/**
 * The operation with fields asked of the interface, for all objects, that it asks of some types of object alone. More is
 * fetched than is answered. But a subgraph that has an interface object, and cannot be asked for it again, can answer its
 * fields in no other way: it does not know the types.
 */
export const fieldsOfInterfaces = (
  { api, fields }: GraphFields,
  document: DocumentNode,
  operationName: string | undefined,
): DocumentNode => {
  const operation = getOperationAST(document, operationName);
  const root = operation && api.getRootType(operation.operation);
  if (!(operation && root)) return document;
  const inlined = inlineFragments(document, operation);
  const selectionSet = new Mover(api, fields).set(inlined.selectionSet, root);
  return { kind: Kind.DOCUMENT, definitions: [{ ...inlined, selectionSet }] };
};

import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { CostDirectives, ListSize } from './cost-directives.ts';

export type Variables = Readonly<Record<string, unknown>> | undefined;

/** A cost, or how it follows from the variables. */
type Cost = number | ((variables: Variables) => number);

export interface Costed {
  readonly schema: GraphQLSchema;
  readonly directives: CostDirectives;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

const amount = (cost: Cost, variables: Variables): number =>
  typeof cost === 'number' ? cost : cost(variables);

const combine = (a: Cost, b: Cost, how: (a: number, b: number) => number): Cost =>
  typeof a === 'number' && typeof b === 'number'
    ? how(a, b)
    : (variables) => how(amount(a, variables), amount(b, variables));

const plus = (a: Cost, b: Cost): Cost => combine(a, b, (x, y) => x + y);
const times = (a: Cost, b: Cost): Cost => combine(a, b, (x, y) => x * y);
const larger = (a: Cost, b: Cost): Cost => combine(a, b, Math.max);

/** A list whose size nobody declared counts as one item: a guess would refuse honest operations. */
const undeclared = 1;

/** Mutations move more than they return. IBM's cost specification leaves it open; Apollo's router uses the same number. */
const mutationCost = 10;

const isList = (field: GraphQLField<unknown, unknown>): boolean => {
  return isListType(getNullableType(field.type));
};

const asSize = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 ? value : null;

/** Sizes that a field declared for lists below it, by field name. */
type Sized = ReadonlyMap<string, Cost>;
const unsized: Sized = new Map();

class Costing {
  readonly #costed: Costed;
  readonly #defaults = new Map<string, unknown>();

  constructor(costed: Costed) {
    this.#costed = costed;
    for (const { variable, defaultValue } of costed.operation.variableDefinitions ?? [])
      if (defaultValue?.kind === Kind.INT)
        this.#defaults.set(variable.name.value, Number(defaultValue.value));
  }

  /** Fields add up; of fragments on different object types only the dearest counts, since an object has one type. */
  selectionSet(set: SelectionSetNode, parent: string, sized: Sized): Cost {
    let common: Cost = 0;
    const perType = new Map<string, Cost>();
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD)
        common = plus(common, this.#field(selection, parent, sized));
      else {
        const [type, cost] = this.#fragment(selection, parent, sized);
        if (type === parent || !isObjectType(this.#costed.schema.getType(type)))
          common = plus(common, cost);
        else perType.set(type, plus(perType.get(type) ?? 0, cost));
      }
    }
    return plus(common, [...perType.values()].reduce<Cost>(larger, 0));
  }

  #fragment(
    selection: InlineFragmentNode | FragmentSpreadNode,
    parent: string,
    sized: Sized,
  ): readonly [type: string, cost: Cost] {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.#costed.fragments.get(selection.name.value);
    if (!fragment) return [parent, 0];
    const type = fragment.typeCondition?.name.value ?? parent;
    return [type, this.selectionSet(fragment.selectionSet, type, sized)];
  }

  #field(node: FieldNode, parent: string, sized: Sized): Cost {
    const { schema, directives } = this.#costed;
    const name = node.name.value;
    const type = schema.getType(parent);
    if (!(isObjectType(type) || isInterfaceType(type))) return 0;
    const field = type.getFields()[name];
    if (!field) return 0;
    const key = `${parent}.${name}`;
    const size = directives.sizes.get(key);
    const ownSize = size ? this.#size(node, field, size) : undeclared;
    const below: Sized = size?.sizedFields.length
      ? new Map(size.sizedFields.map((child) => [child, ownSize]))
      : unsized;
    const repeated = size && !size.sizedFields.length ? ownSize : undeclared;
    const inner = node.selectionSet
      ? this.selectionSet(node.selectionSet, getNamedType(field.type).name, below)
      : 0;
    const each = plus(this.#weight(key, field), inner);
    const listed = isList(field) ? times(sized.get(name) ?? repeated, each) : each;
    return plus(this.#argumentsCost(node, key), listed);
  }

  #weight(key: string, field: GraphQLField<unknown, unknown>): number {
    const { weights } = this.#costed.directives;
    const type = getNamedType(field.type);
    return weights.get(key) ?? weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0);
  }

  #argumentsCost(node: FieldNode, key: string): number {
    const { weights } = this.#costed.directives;
    if (weights.size === 0) return 0;
    return (node.arguments ?? []).reduce(
      (total, { name }) => total + (weights.get(`${key}(${name.value})`) ?? 0),
      0,
    );
  }

  /** The largest slicing argument that is given, else the assumed size. */
  #size(node: FieldNode, field: GraphQLField<unknown, unknown>, size: ListSize): Cost {
    const assumed = size.assumedSize ?? undeclared;
    const slices = size.slicingArguments.map((name) => {
      const given = node.arguments?.find((argument) => argument.name.value === name);
      return given
        ? this.#slice(given.value)
        : (): number | null =>
            asSize(field.args.find((argument) => argument.name === name)?.defaultValue);
    });
    if (slices.length === 0) return assumed;
    const largest = (variables: Variables): number => {
      const sizes = slices.map((slice) => slice(variables)).filter((value) => value !== null);
      return sizes.length > 0 ? Math.max(...sizes) : assumed;
    };
    const fixed = !node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE);
    return fixed ? largest(undefined) : largest;
  }

  #slice(value: ValueNode): (variables: Variables) => number | null {
    if (value.kind === Kind.INT) return () => asSize(Number(value.value));
    if (value.kind !== Kind.VARIABLE) return () => null;
    const name = value.name.value;
    return (variables) => asSize(variables?.[name] ?? this.#defaults.get(name));
  }
}

/**
 * The cost of a valid operation as a function of its variables: list sizes times weights, by `@cost` and `@listSize`
 * (IBM's GraphQL cost directives). A composite field weighs 1 and a leaf 0 unless the schema says otherwise.
 */
export const operationCost = (costed: Costed): ((variables: Variables) => number) => {
  const { operation, schema } = costed;
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const selected = new Costing(costed).selectionSet(operation.selectionSet, root.name, unsized);
  const total = plus(operation.operation === 'mutation' ? mutationCost : 0, selected);
  return (variables) => amount(total, variables);
};

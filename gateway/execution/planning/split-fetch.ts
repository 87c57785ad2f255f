import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { FetchNode } from '../steps/fetch-node.ts';
import type { RequiredFields } from './required-fields.ts';

/** Fields of one fetch whose demands can be sent in one representation: one name for each real field. */
type Group = Map<string, string>;

const isDemanded = (group: Group, name: string, required: RequiredFields): boolean => {
  const real = required.get(name)?.field;
  return real === undefined || group.get(real) === name;
};

const keepDemanded = (
  selections: readonly QueryPlanSelectionNode[],
  keeps: (name: string) => boolean,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === 'Field' && !keeps(selection.name)) return [];
    if (!selection.selections) return [selection];
    const below = keepDemanded(selection.selections, keeps);
    return below.length === 0 ? [] : [{ ...selection, selections: below }];
  });

/** Divides the fields of an entity fetch among groups, first come first served. */
class Division {
  readonly groups: Group[] = [new Map()];
  readonly #node: FetchNode;
  readonly #required: RequiredFields;
  readonly #groupOf = new Map<SelectionNode, Group>();
  readonly #operation: OperationDefinitionNode;
  readonly #entities: SelectionSetNode;

  constructor(node: FetchNode, required: RequiredFields) {
    this.#node = node;
    this.#required = required;
    const [operation] = parse(node.operation, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION)
      throw new Error('A fetch without operation.');
    const [entities] = operation.selectionSet.selections;
    if (entities?.kind !== Kind.FIELD || !entities.selectionSet)
      throw new Error('An entity fetch without entities.');
    this.#operation = operation;
    this.#entities = entities.selectionSet;
    this.#divide('', entities.selectionSet);
  }

  nodeOf(group: Group): FetchNode {
    const kept = this.#keep(this.#entities, group);
    const operation = visit(this.#operation, {
      SelectionSet: (set) => (set === this.#entities ? kept : undefined),
    });
    const used = new Set<string>();
    visit(operation.selectionSet, {
      Variable: ({ name }) => {
        used.add(name.value);
      },
    });
    const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
      used.has(variable.name.value),
    );
    const text = print({ ...operation, variableDefinitions: variableDefinitions ?? [] });
    return {
      ...this.#node,
      operation: stripIgnoredCharacters(text),
      variableUsages: (this.#node.variableUsages ?? []).filter((name) => used.has(name)),
      requires: keepDemanded(this.#node.requires ?? [], (name) =>
        isDemanded(group, name, this.#required),
      ),
    };
  }

  #divide(type: string, set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        this.#divide(selection.typeCondition?.name.value ?? type, selection.selectionSet);
      if (selection.kind === Kind.FIELD) this.#assign(type, selection.name.value, selection);
    }
  }

  #assign(type: string, field: string, selection: SelectionNode): void {
    const place = { subgraph: this.#node.serviceName, type, field };
    const demanded = [...this.#required.demandedBy(place)].map(
      (name) => [this.#required.get(name)?.field ?? name, name] as const,
    );
    let group = this.groups.find((known) =>
      demanded.every(([real, name]) => (known.get(real) ?? name) === name),
    );
    if (!group) {
      group = new Map();
      this.groups.push(group);
    }
    for (const [real, name] of demanded) group.set(real, name);
    this.#groupOf.set(selection, group);
  }

  #keep(set: SelectionSetNode, group: Group): SelectionSetNode {
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind !== Kind.INLINE_FRAGMENT)
        return this.#groupOf.get(selection) === group ? [selection] : [];
      const selectionSet = this.#keep(selection.selectionSet, group);
      const fragment: InlineFragmentNode = { ...selection, selectionSet };
      return selectionSet.selections.length > 0 ? [fragment] : [];
    });
    return { ...set, selections };
  }
}

/** One fetch for each set of arguments, where fields of an entity require one field with different ones. */
export const splitFetch = (node: FetchNode, required: RequiredFields): FetchNode[] => {
  if (!node.requires) return [node];
  const division = new Division(node, required);
  return division.groups.length === 1
    ? [node]
    : division.groups.map((group) => division.nodeOf(group));
};

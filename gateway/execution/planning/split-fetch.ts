import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
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

/** Fields of one fetch whose demands can be sent in one representation. */
interface Group {
  /** The conditions under which its demands are fetched. */
  readonly conditions: string;
  /** The name that each demanded field is planned under. */
  readonly demanded: Map<string, string>;
}

const filterFields = (
  selections: readonly QueryPlanSelectionNode[],
  keeps: (name: string, isOfEntity: boolean) => boolean,
  isOfEntity = true,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === 'Field' && !keeps(selection.name, isOfEntity)) return [];
    if (!selection.selections) return [selection];
    const isStillEntity = isOfEntity && selection.kind === 'InlineFragment';
    const below = filterFields(selection.selections, keeps, isStillEntity);
    return below.length === 0 ? [] : [{ ...selection, selections: below }];
  });

const conditionsOf = (selection: SelectionNode): string =>
  (selection.directives ?? []).map(print).join(' ');

/** Divides the fields of an entity fetch among groups, first come first served. */
class Division {
  readonly groups: Group[] = [];
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
    this.#divide(entities.selectionSet, { type: '', conditions: '' });
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
      requires: filterFields(this.#node.requires ?? [], (name, isOfEntity) =>
        this.#isSent(name, isOfEntity, group),
      ),
    };
  }

  /** A demand of other groups alone is left out: it may not be there, or be there with other arguments. */
  #isSent(name: string, isOfEntity: boolean, group: Group): boolean {
    const field = this.#required.get(name)?.field;
    // Below the entity itself, fields that have no name of their own belong to their object, whoever asked for it.
    if (field === undefined && !isOfEntity) return true;
    if (group.demanded.get(field ?? name) === name) return true;
    const isDemanded = this.groups.some(({ demanded }) => demanded.get(field ?? name) === name);
    return !isDemanded || this.#required.isKey(this.#node.serviceName, name);
  }

  #divide(set: SelectionSetNode, place: { type: string; conditions: string }): void {
    for (const selection of set.selections) {
      const conditions = `${place.conditions} ${conditionsOf(selection)}`.trim();
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition?.name.value ?? place.type;
        this.#divide(selection.selectionSet, { type, conditions });
      } else if (selection.kind === Kind.FIELD) {
        this.#groupOf.set(selection, this.#group(selection, { ...place, conditions }));
      }
    }
  }

  #group(selection: FieldNode, place: { type: string; conditions: string }): Group {
    const { serviceName: subgraph } = this.#node;
    const names = this.#required.demandedBy({
      subgraph,
      type: place.type,
      field: selection.name.value,
    });
    const demands = [...names].map(
      (name) => [this.#required.get(name)?.field ?? name, name] as const,
    );
    // Without demands a field needs no more than the key, which every group has.
    const conditions = demands.length > 0 ? place.conditions : '';
    let group = this.groups.find(
      (known) =>
        known.conditions === conditions &&
        demands.every(([field, name]) => (known.demanded.get(field) ?? name) === name),
    );
    if (!group) {
      group = { conditions, demanded: new Map() };
      this.groups.push(group);
    }
    for (const [field, name] of demands) group.demanded.set(field, name);
    return group;
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

/**
 * One fetch for each group of fields that can share a representation. Where fields of an entity require one field with
 * different arguments, no representation fits both. Where a field that requires others is conditional, what it requires
 * may not be there, and the planner would give up the entity's other fields with it.
 */
export const splitFetch = (node: FetchNode, required: RequiredFields): FetchNode[] => {
  if (!node.requires) return [node];
  const division = new Division(node, required);
  return division.groups.length === 1
    ? [node]
    : division.groups.map((group) => division.nodeOf(group));
};

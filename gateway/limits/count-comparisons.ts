import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './measure-document.ts';

type ByResponseName = ReadonlyMap<string, readonly FieldNode[]>;

const add = (fields: Map<string, FieldNode[]>, field: FieldNode): void => {
  const name = field.alias?.value ?? field.name.value;
  const same = fields.get(name);
  if (same) same.push(field);
  else fields.set(name, [field]);
};

/**
 * Counts the pairs of fields that "overlapping fields can be merged" has to compare, up to a budget. The rule is quadratic
 * in fields of one response name, and compares their selections again below each pair.
 */
class Counting {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #collected = new Map<SelectionSetNode, ByResponseName>();
  readonly #budget: number;
  pairs = 0;

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, budget: number) {
    this.#fragments = fragments;
    this.#budget = budget;
  }

  /** Pairs within a selection set and all selection sets inside it. */
  within(set: SelectionSetNode): void {
    if (this.pairs > this.#budget) return;
    for (const fields of this.#collect(set).values()) this.#amongEachOther(fields);
    for (const selection of set.selections)
      if ('selectionSet' in selection && selection.selectionSet)
        this.within(selection.selectionSet);
  }

  #amongEachOther(fields: readonly FieldNode[]): void {
    for (const [at, field] of fields.entries()) this.#pairs(field, fields.slice(at + 1));
  }

  #pairs(field: FieldNode, others: readonly FieldNode[]): void {
    for (const other of others) {
      if (this.pairs > this.#budget) return;
      this.pairs += 1;
      if (field.selectionSet && other.selectionSet)
        this.#between(this.#collect(field.selectionSet), this.#collect(other.selectionSet));
    }
  }

  #between(first: ByResponseName, second: ByResponseName): void {
    for (const [name, fields] of first)
      for (const field of fields) this.#pairs(field, second.get(name) ?? []);
  }

  #collect(set: SelectionSetNode): ByResponseName {
    const known = this.#collected.get(set);
    if (known) return known;
    const fields = new Map<string, FieldNode[]>();
    this.#gather(set, fields, new Set());
    this.#collected.set(set, fields);
    return fields;
  }

  #gather(set: SelectionSetNode, into: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) add(into, selection);
      else {
        const inner = this.#unfold(selection, spread);
        if (inner) this.#gather(inner, into, spread);
      }
    }
  }

  /** The selections of a fragment; null for one that this selection set has already taken in. */
  #unfold(
    fragment: InlineFragmentNode | FragmentSpreadNode,
    spread: Set<string>,
  ): SelectionSetNode | null {
    if (fragment.kind === Kind.INLINE_FRAGMENT) return fragment.selectionSet;
    const name = fragment.name.value;
    if (spread.has(name)) return null;
    spread.add(name);
    return this.#fragments.get(name)?.selectionSet ?? null;
  }
}

/** The comparisons that merging the fields of a document needs; counting stops just above the budget. */
export const countComparisons = (document: DocumentNode, budget: number): number => {
  const counting = new Counting(fragmentsOf(document), budget);
  for (const definition of document.definitions)
    if ('selectionSet' in definition) counting.within(definition.selectionSet);
  return counting.pairs;
};

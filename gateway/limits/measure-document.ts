import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a selection amounts to once fragments are put in place. */
export interface Measure {
  readonly fields: number;
  readonly aliases: number;
  readonly depth: number;
  readonly rootFields: number;
  readonly introspections: number;
}

const nothing: Measure = { fields: 0, aliases: 0, depth: 0, rootFields: 0, introspections: 0 };

/** Counts stop here; a fragment bomb would otherwise reach infinity, and its exact size interests nobody. */
const enough = 1_000_000;

const sum = (a: number, b: number): number => Math.min(enough, a + b);

const beside = (a: Measure, b: Measure): Measure => ({
  fields: sum(a.fields, b.fields),
  aliases: sum(a.aliases, b.aliases),
  depth: Math.max(a.depth, b.depth),
  rootFields: sum(a.rootFields, b.rootFields),
  introspections: sum(a.introspections, b.introspections),
});

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Measures each fragment once, so that its cost is that of reading the document, whatever the document unfolds to. */
class Measuring {
  readonly #fragments: Fragments;
  readonly #measured = new Map<string, Measure>();

  constructor(fragments: Fragments) {
    this.#fragments = fragments;
  }

  selectionSet(set: SelectionSetNode): Measure {
    let total = nothing;
    for (const selection of set.selections) total = beside(total, this.#selection(selection));
    return total;
  }

  #selection(selection: SelectionNode): Measure {
    switch (selection.kind) {
      case Kind.INLINE_FRAGMENT:
        return this.selectionSet(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value);
      case Kind.FIELD: {
        const inner = selection.selectionSet ? this.selectionSet(selection.selectionSet) : nothing;
        const name = selection.name.value;
        return {
          fields: sum(1, inner.fields),
          aliases: sum(selection.alias ? 1 : 0, inner.aliases),
          depth: 1 + inner.depth,
          rootFields: 1,
          introspections: name === '__schema' || name === '__type' ? 1 : inner.introspections,
        };
      }
    }
  }

  #fragment(name: string): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    // A fragment within itself counts as nothing; validation refuses the cycle.
    this.#measured.set(name, nothing);
    const fragment = this.#fragments.get(name);
    const measure = fragment ? this.selectionSet(fragment.selectionSet) : nothing;
    this.#measured.set(name, measure);
    return measure;
  }
}

/** The fragments of a document by name. */
export const fragmentsOf = (document: DocumentNode): Fragments => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  return fragments;
};

/** The largest of each number over all operations and fragments of a document, because validation looks at all of them. */
export const measureDocument = (document: DocumentNode): Measure => {
  const measuring = new Measuring(fragmentsOf(document));
  let largest = nothing;
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    const one = measuring.selectionSet(definition.selectionSet);
    const root = definition.kind === Kind.OPERATION_DEFINITION ? one.rootFields : 0;
    largest = {
      fields: Math.max(largest.fields, one.fields),
      aliases: Math.max(largest.aliases, one.aliases),
      depth: Math.max(largest.depth, one.depth),
      rootFields: Math.max(largest.rootFields, root),
      introspections: Math.max(largest.introspections, one.introspections),
    };
  }
  return largest;
};

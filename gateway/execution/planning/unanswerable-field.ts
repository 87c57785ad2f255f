import type { QueryPlan } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { FetchNode } from '../steps/fetch-node.ts';
import { placedFetches } from '../steps/plan-fetches.ts';
import { fieldsOf, isSent, type Sent, sentOf } from './sent-fields.ts';
import type { SubgraphField, SubgraphFields } from './subgraph-fields.ts';

/** Where in a fetch a selection stands. */
interface Place {
  readonly type: string;
  /** What fields above provide of the object. */
  readonly provided: readonly SelectionSetNode[];
  /** What came along with the object's key. */
  readonly sent: Sent;
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;
const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/** What is provided of one field; empty when it is not. */
const providedOf = (provided: readonly SelectionSetNode[], name: string): SelectionSetNode[] =>
  provided
    .flatMap((set) => fieldsOf(set, ''))
    .filter(({ field }) => field.name.value === name)
    .map(({ field }) => field.selectionSet ?? nothing);

/** Finds what a fetch asks of a subgraph that cannot answer it there. */
class FetchCheck {
  readonly #fields: SubgraphFields;
  readonly #subgraph: string;

  constructor(fields: SubgraphFields, subgraph: string) {
    this.#fields = fields;
    this.#subgraph = subgraph;
  }

  wrongField({ operation, requires }: FetchNode): string | null {
    const { definitions } = parse(operation, { noLocation: true });
    const [{ selectionSet, operation: kind }] = definitions as [OperationDefinitionNode];
    const [entities] = selectionSet.selections;
    if (!(requires && entities?.kind === Kind.FIELD && entities.selectionSet))
      return this.#inSet(selectionSet, { type: rootTypes[kind], provided: [], sent: [] });
    const place = { type: '', provided: [], sent: requires };
    return (
      this.#unreached(entities.selectionSet, requires) ?? this.#inSet(entities.selectionSet, place)
    );
  }

  /** A field of an entity that the subgraph is given no key for that it can resolve. */
  #unreached(entities: SelectionSetNode, sent: Sent): string | null {
    for (const selection of entities.selections) {
      if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
      const type = selection.typeCondition?.name.value ?? '';
      const keys = this.#fields.resolvableKeys(this.#subgraph, type);
      if (keys.some((key) => isSent(key, sent))) continue;
      const [asked] = fieldsOf(selection.selectionSet, type);
      return `${type}.${asked?.field.name.value ?? '__typename'}`;
    }
    return null;
  }

  #inSet(set: SelectionSetNode, place: Place): string | null {
    for (const { type, field } of fieldsOf(set, place.type)) {
      const wrong = this.#inField(field, { ...place, type });
      if (wrong) return wrong;
    }
    return null;
  }

  #inField({ name: { value: name }, selectionSet }: FieldNode, place: Place): string | null {
    for (const type of this.#fields.implementing(place.type)) {
      const field = this.#fields.field(this.#subgraph, type, name);
      if (field && !this.#isAnswered(field, name, { ...place, type })) return `${type}.${name}`;
    }
    const below = selectionSet && this.#below(name, place);
    return below ? this.#inSet(selectionSet, { ...below, sent: [] }) : null;
  }

  #below(name: string, { type, provided, sent }: Place): Place | null {
    const field = this.#fields.field(this.#subgraph, type, name);
    return (
      (field && {
        type: field.type,
        provided: [...providedOf(provided, name), ...(field.provides ? [field.provides] : [])],
        sent: sentOf(sent, name) ?? [],
      }) ??
      null
    );
  }

  #isAnswered(field: SubgraphField, name: string, place: Place): boolean {
    if (field.requires) return this.#isKnown(field.requires, place);
    return (
      !field.isExternal ||
      providedOf(place.provided, name).length > 0 ||
      this.#fields.isInKey(this.#subgraph, place.type, name)
    );
  }

  /** Everything that is selected was sent, or the subgraph can answer it itself. */
  #isKnown(set: SelectionSetNode, place: Place): boolean {
    return fieldsOf(set, place.type).every(({ type, field: { name, selectionSet } }) => {
      const field = this.#fields.field(this.#subgraph, type, name.value);
      const isHere =
        sentOf(place.sent, name.value) !== null ||
        (field !== undefined && this.#isAnswered(field, name.value, { ...place, type }));
      const below = selectionSet && this.#below(name.value, { ...place, type });
      return isHere && (!below || this.#isKnown(selectionSet, below));
    });
  }
}

/**
 * The first field, `Type.field`, that a plan asks of a subgraph which cannot answer it there: an external field that nothing
 * provides, a field that is not sent what it requires, a field of an entity by a key that is not to be resolved. Most
 * subgraphs would not notice, but answer null or something wrong. Null for a sound plan.
 */
export const unanswerableField = (plan: QueryPlan, fields: SubgraphFields): string | null => {
  for (const { node } of placedFetches(plan)) {
    const wrong = new FetchCheck(fields, node.serviceName).wrongField(node);
    if (wrong) return wrong;
  }
  return null;
};

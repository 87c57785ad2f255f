import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import { RequiredFields } from './required-fields.ts';
import {
  directiveArgument,
  type FieldsType,
  fieldNames,
  fieldSet,
  isResolvable,
  namedType,
  namesIn,
  SupergraphFields,
  subgraphNames,
  withArguments,
} from './supergraph-fields.ts';

/** A supergraph that the planner plans right on, and what has to be undone in its plans. */
export interface PlanningSupergraph {
  readonly document: DocumentNode;
  /** True when the document is the supergraph itself: nothing had to be changed. */
  readonly unchanged: boolean;
  readonly required: RequiredFields;
  /** Names of fields that plans fetch for themselves; a client's alias by one of them would take its place. */
  readonly fetchedNames: ReadonlySet<string>;
}

const isFieldsType = (definition: DefinitionNode): definition is FieldsType =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

/**
 * To come back to a subgraph with required fields, the planner takes the first key that the subgraph can fill, even one
 * that the subgraph cannot resolve. So the keys that it can resolve come first.
 */
const resolvableKeysFirst = (type: FieldsType): FieldsType => {
  const directives = type.directives ?? [];
  const last = directives.filter((directive) => !isResolvable(directive));
  const isSorted = directives.slice(directives.length - last.length).every((d) => !isResolvable(d));
  return isSorted ? type : { ...type, directives: [...directives.filter(isResolvable), ...last] };
};

/**
 * The planner knows fields by their names alone. A field that @requires asks for then is the same to it as the client's,
 * or another @requires', with other arguments: one of them is fetched, and whoever meant the other one gets a wrong value
 * without an error. So each pair of field and arguments that is required becomes a field of its own here.
 */
class RequiresRewriter {
  readonly required = new RequiredFields();
  readonly #fields: SupergraphFields;
  readonly #subgraphs: ReadonlyMap<string, string>;

  constructor(supergraph: DocumentNode) {
    this.#fields = new SupergraphFields(supergraph);
    this.#subgraphs = subgraphNames(supergraph);
  }

  rewrite(definition: DefinitionNode): DefinitionNode {
    if (!isFieldsType(definition)) return definition;
    const type = definition.name.value;
    for (const directive of definition.directives ?? []) this.#addKey(directive);
    const fields = definition.fields?.map((field) => this.#rewriteField(type, field)) ?? [];
    return { ...definition, fields };
  }

  /** Additional fields: what was required of the type itself, or of an interface that it implements. */
  extend(definition: DefinitionNode): DefinitionNode {
    if (!isFieldsType(definition)) return definition;
    const type = definition.name.value;
    const added: FieldDefinitionNode[] = [];
    for (const [name, { type: owner, field }] of this.required.all) {
      const original = definition.fields?.find((candidate) => candidate.name.value === field);
      if (original && this.#fields.implementing(owner).includes(type))
        added.push({ ...original, name: { kind: Kind.NAME, value: name }, arguments: [] });
    }
    return { ...definition, fields: [...(definition.fields ?? []), ...added] };
  }

  #subgraphOf(directive: ConstDirectiveNode): string {
    const graph = directiveArgument(directive, 'graph') ?? '';
    return this.#subgraphs.get(graph) ?? graph;
  }

  #addKey(directive: ConstDirectiveNode): void {
    const key = directiveArgument(directive, 'key');
    if (directive.name.value !== 'join__type' || key === null) return;
    for (const name of fieldNames(fieldSet(key)))
      this.required.addKey(this.#subgraphOf(directive), name);
  }

  #rewriteField(type: string, field: FieldDefinitionNode): FieldDefinitionNode {
    const directives = field.directives?.map((directive) => {
      const requires = directiveArgument(directive, 'requires');
      if (directive.name.value !== 'join__field' || requires === null) return directive;
      const names = new Set<string>();
      const selections = this.#rewriteSelections(type, fieldSet(requires), names);
      for (const name of fieldNames(selections)) names.add(name);
      const subgraph = this.#subgraphOf(directive);
      this.required.demand({ subgraph, type, field: field.name.value }, names);
      const text = stripIgnoredCharacters(print(selections)).slice(1, -1);
      return withArguments(directive, { requires: text });
    });
    return { ...field, directives: directives ?? [] };
  }

  #rewriteSelections(type: string, set: SelectionSetNode, names: Set<string>): SelectionSetNode {
    const selections = set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? type;
        const selectionSet = this.#rewriteSelections(condition, selection.selectionSet, names);
        return { ...selection, selectionSet };
      }
      const definition = this.#fields.field(type, selection.name.value);
      if (!definition) return selection;
      const below = selection.selectionSet && {
        selectionSet: this.#rewriteSelections(
          namedType(definition.type).name.value,
          selection.selectionSet,
          names,
        ),
      };
      if (!definition.arguments?.length) return { ...selection, ...below };
      const name = this.required.nameOf(type, selection);
      names.add(name);
      return { ...selection, ...below, name: { kind: Kind.NAME, value: name }, arguments: [] };
    });
    return { ...set, selections };
  }
}

const fieldSetArguments = ['key', 'requires', 'provides'];

const namesFetchedFor = (directive: ConstDirectiveNode): string[] =>
  fieldSetArguments.flatMap((argument) => {
    const text = directiveArgument(directive, argument);
    return text === null ? [] : [...namesIn(fieldSet(text))];
  });

/** Every name in a key, @requires or @provides. */
const namesFetched = (supergraph: DocumentNode): ReadonlySet<string> => {
  const directives = supergraph.definitions
    .filter(isFieldsType)
    .flatMap((definition) => [
      ...(definition.directives ?? []),
      ...(definition.fields ?? []).flatMap((field) => field.directives ?? []),
    ]);
  return new Set(['__typename', ...directives.flatMap(namesFetchedFor)]);
};

/** Changes a supergraph so that the known gaps of the planner cannot make a wrong answer. */
export const planningSupergraph = (supergraph: DocumentNode): PlanningSupergraph => {
  const rewriter = new RequiresRewriter(supergraph);
  const required = supergraph.definitions.map((definition) => rewriter.rewrite(definition));
  const hasRequired = rewriter.required.all.size > 0;
  let unchanged = !hasRequired;
  const definitions = (hasRequired ? required : supergraph.definitions).map((definition) => {
    const extended = rewriter.extend(definition);
    if (!isFieldsType(extended)) return extended;
    const sorted = resolvableKeysFirst(extended);
    if (sorted !== extended) unchanged = false;
    return sorted;
  });
  return {
    document: unchanged ? supergraph : { ...supergraph, definitions },
    unchanged,
    required: rewriter.required,
    fetchedNames: namesFetched(supergraph),
  };
};

import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

/** What `@listSize` says about a field. */
export interface ListSize {
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  /** Fields below that are the list; empty when it is the field itself. */
  readonly sizedFields: readonly string[];
}

/** The cost directives of a supergraph. Keys of weights: `Type`, `Type.field`, `Type.field(argument)`. */
export interface CostDirectives {
  readonly weights: ReadonlyMap<string, number>;
  readonly sizes: ReadonlyMap<string, ListSize>;
}

type Arguments = Readonly<Record<string, unknown>>;

const argumentsOf = (directive: ConstDirectiveNode): Arguments =>
  Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

type Names = { cost: string; listSize: string };

const rename = (names: Names, item: unknown): void => {
  const { name, as } = (item ?? {}) as { name?: unknown; as?: unknown };
  if (typeof as !== 'string') return;
  if (name === '@cost') names.cost = as.slice(1);
  if (name === '@listSize') names.listSize = as.slice(1);
};

const links = (document: DocumentNode): Arguments[] =>
  document.definitions
    .filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION)
    .flatMap((schema) => ('directives' in schema ? (schema.directives ?? []) : []))
    .filter(({ name }) => name.value === 'link')
    .map((link) => argumentsOf(link as ConstDirectiveNode));

/** How the supergraph calls the two directives: imports of the cost specification may rename them. */
const directiveNames = (document: DocumentNode): Names => {
  const names = { cost: 'cost', listSize: 'listSize' };
  for (const { url, import: imports } of links(document))
    if (String(url).includes('/cost/v') && Array.isArray(imports))
      for (const item of imports) rename(names, item);
  return names;
};

class Reading {
  readonly weights = new Map<string, number>();
  readonly sizes = new Map<string, ListSize>();
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  take(key: string, directives: readonly ConstDirectiveNode[] = []): void {
    for (const directive of directives) {
      if (directive.name.value === this.#names.cost) {
        const weight = Number(argumentsOf(directive)['weight']);
        if (Number.isFinite(weight)) this.weights.set(key, weight);
      } else if (directive.name.value === this.#names.listSize) {
        const { assumedSize, slicingArguments, sizedFields } = argumentsOf(directive);
        this.sizes.set(key, {
          assumedSize: typeof assumedSize === 'number' ? assumedSize : null,
          slicingArguments: strings(slicingArguments),
          sizedFields: strings(sizedFields),
        });
      }
    }
  }

  definition(definition: DefinitionNode): void {
    if (!('name' in definition && definition.name)) return;
    const type = definition.name.value;
    if ('directives' in definition) this.take(type, definition.directives as ConstDirectiveNode[]);
    if (!('fields' in definition)) return;
    for (const field of definition.fields ?? []) {
      const key = `${type}.${field.name.value}`;
      this.take(key, field.directives);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? [])
        this.take(`${key}(${argument.name.value})`, argument.directives);
    }
  }
}

/** Reads `@cost` and `@listSize` from a supergraph; the API schema that clients see no longer carries them. */
export const readCostDirectives = (supergraphSdl: string): CostDirectives => {
  const document = parse(supergraphSdl, { noLocation: true });
  const reading = new Reading(directiveNames(document));
  for (const definition of document.definitions) reading.definition(definition);
  return reading;
};

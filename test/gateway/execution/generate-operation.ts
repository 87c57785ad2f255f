import {
  type GraphQLAbstractType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isUnionType,
  type OperationTypeNode,
} from 'graphql';

export interface GeneratedOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Vocabulary {
  /** Values for arguments of type ID. */
  readonly ids: readonly string[];
  /** The chance of an alias that another field has for its name. */
  readonly misleadingAliases: number;
  /** The chance that a field with arguments keeps its name, as it else never does; 0 when it is not said. */
  readonly plainNames?: number;
}

/** Writes one random operation: valid but for rare conflicts between fields, which its user has to validate away. */
class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #words: Vocabulary;
  readonly #fragments: string[] = [];
  readonly #used = new Set<string>();
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: () => number, words: Vocabulary) {
    this.#schema = schema;
    this.#random = random;
    this.#words = words;
  }

  write(kind: 'query' | 'mutation'): GeneratedOperation {
    const root = this.#schema.getRootType(kind as OperationTypeNode);
    if (!root) throw new Error(`There is no ${kind}.`);
    const body = this.#selections(root, 4);
    const variables: Record<string, unknown> = {};
    const definitions = [...this.#used].map((name) => this.#define(name, variables));
    const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
    const source = [`${kind} Generated${head} ${body}`, ...this.#fragments].join('\n');
    return { source, variables };
  }

  /** The definition of a variable, which is given a value or left to its default. */
  #define(name: string, variables: Record<string, unknown>): string {
    if (name === 'yes') {
      variables[name] = true;
      return '$yes: Boolean!';
    }
    const isGiven = this.#chance(0.5);
    if (name === 'no') {
      if (isGiven) variables[name] = false;
      return isGiven ? '$no: Boolean!' : '$no: Boolean = false';
    }
    if (isGiven) variables[name] = 1 + Math.floor(this.#random() * 3);
    return `$${name}: Int = 2`;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)];
    if (picked === undefined) throw new Error('Nothing to pick from.');
    return picked;
  }

  #condition(probability: number): string {
    if (!this.#chance(probability)) return '';
    const name = this.#pick(['yes', 'no']);
    this.#used.add(name);
    return ` @${this.#pick(['skip', 'include'])}(if: $${name})`;
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const parts = isAbstractType(type) ? this.#byType(type, depth) : [];
    if (!isUnionType(type))
      for (const field of Object.values(type.getFields()))
        if (this.#chance(0.5)) parts.push(...this.#field(field, type, depth));
    if (parts.length === 0 || this.#chance(0.15)) parts.push(this.#typename());
    return `{ ${parts.join(' ')} }`;
  }

  #byType(type: GraphQLAbstractType, depth: number): string[] {
    const parts = this.#chance(0.5) ? ['__typename'] : [];
    for (const possible of this.#schema.getPossibleTypes(type))
      if (this.#chance(0.6)) parts.push(this.#fragment(possible, depth));
    return parts;
  }

  #typename(): string {
    return this.#chance(0.3) ? `kind${this.#aliases++}: __typename` : '__typename';
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const selections = this.#selections(type, depth);
    const condition = this.#condition(0.1);
    if (this.#chance(0.7)) return `... on ${type.name}${condition} ${selections}`;
    const name = `Fragment${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} ${selections}`);
    return `...${name}${condition}`;
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    depth: number,
  ): string[] {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth <= 0) return [];
    const args = this.#arguments(field.args);
    const alias = this.#alias(field, parent);
    const condition = this.#condition(0.08);
    const below = isCompositeType(type) ? ` ${this.#selections(type, depth - 1)}` : '';
    const written = `${alias}${field.name}${args}${condition}${below}`;
    if (!(below && this.#chance(0.1) && !condition)) return [written];
    // The same field once more, with another selection: they are merged.
    const again = isCompositeType(type) ? ` ${this.#selections(type, 0)}` : '';
    return [written, `... { ${alias}${field.name}${args}${again} }`];
  }

  #alias(field: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType): string {
    if (this.#chance(this.#words.misleadingAliases) && !isUnionType(parent))
      return `${this.#pick(Object.keys(parent.getFields()))}: `;
    const isPlain = this.#words.plainNames !== undefined && this.#chance(this.#words.plainNames);
    return (field.args.length > 0 && !isPlain) || this.#chance(0.12)
      ? `alias${this.#aliases++}: `
      : '';
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const written = args
      .filter((argument) => argument.defaultValue === undefined || this.#chance(0.7))
      .map((argument) => `${argument.name}: ${this.#argumentValue(argument)}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  #argumentValue(argument: GraphQLArgument): string {
    const type = getNamedType(argument.type);
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    if (type.name === 'Int') {
      if (!this.#chance(0.4)) return String(1 + Math.floor(this.#random() * 4));
      const name = this.#pick(['few', 'some']);
      this.#used.add(name);
      return `$${name}`;
    }
    return JSON.stringify(this.#pick(this.#words.ids));
  }
}

export const generateOperation = (
  schema: GraphQLSchema,
  random: () => number,
  asked: { readonly kind: 'query' | 'mutation'; readonly words: Vocabulary },
): GeneratedOperation => new OperationWriter(schema, random, asked.words).write(asked.kind);

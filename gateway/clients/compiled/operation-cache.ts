import { type GraphQLSchema, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation } from './compile-operation.ts';

// Merged fetches make texts that never come back, so there must be a bound.
const mostOperations = 1_000;
const mostCharacters = 512 * 1_024;

/** Operations of one schema by their text, compiled when they are asked for first. The least used are dropped. */
export class OperationCache {
  readonly #schema: GraphQLSchema;
  readonly #compiled = new LRUCache<string, CompiledOperation>({
    max: mostOperations,
    maxSize: mostCharacters,
    sizeCalculation: (_, text) => text.length,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Throws what is wrong with the text. */
  compiled(text: string, operationName: string | undefined): CompiledOperation {
    const known = this.#compiled.get(text);
    if (known) return known;
    const document = parse(text, { noLocation: true });
    const compiled = compileOperation(this.#schema, document, operationName);
    this.#compiled.set(text, compiled);
    return compiled;
  }

  /** Of all texts together. */
  get characters(): number {
    return this.#compiled.calculatedSize;
  }
}

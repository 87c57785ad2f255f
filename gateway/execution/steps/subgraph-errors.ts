import type { GraphQLFormattedError } from 'graphql';
import { describeFailure } from '../../errors.ts';
import type { PlanPath, ResponsePath } from './collect-targets.ts';
import { MalformedAnswer } from './entities-of.ts';
import type { FetchNode } from './fetch-node.ts';

const renamedBack = (node: FetchNode): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const rewrite of node.outputRewrites ?? []) {
    const from = rewrite.path.at(-1);
    if (rewrite.kind === 'KeyRenamer' && from) names.set(from, rewrite.renameKeyTo);
  }
  return names;
};

const describe = (failure: unknown): GraphQLFormattedError =>
  failure instanceof MalformedAnswer
    ? { message: failure.message, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }
    : describeFailure(failure);

/** Words the errors of one fetch for the client of the whole operation. */
export class SubgraphErrors {
  readonly #subgraph: string;
  readonly #renamed: ReadonlyMap<string, string>;
  readonly #responseName: (name: string) => string;

  constructor(node: FetchNode, responseName: (name: string) => string) {
    this.#subgraph = node.serviceName;
    this.#renamed = renamedBack(node);
    this.#responseName = responseName;
  }

  /** The subgraph's own error at its place in the whole answer. */
  answered(
    error: GraphQLFormattedError,
    before: ResponsePath,
    below: ResponsePath | undefined,
  ): GraphQLFormattedError {
    const path = below && this.#responsePath([...before, ...below]);
    return {
      message: error.message || `Error while fetching subquery from service "${this.#subgraph}"`,
      ...(path ? { path } : {}),
      extensions: {
        ...error.extensions,
        code: error.extensions?.['code'] ?? 'DOWNSTREAM_SERVICE_ERROR',
        serviceName: this.#subgraph,
      },
    };
  }

  /** There was no usable answer. The path is the last place that all missing data has in common. */
  failed(failure: unknown, path: PlanPath): GraphQLFormattedError {
    const described = describe(failure);
    const list = path.indexOf('@');
    const common = list < 0 ? path : path.slice(0, list);
    return {
      ...described,
      ...(common.length > 0 ? { path: this.#responsePath(common) } : {}),
      extensions: { ...described.extensions, serviceName: this.#subgraph },
    };
  }

  #responsePath(path: ResponsePath): ResponsePath {
    return path.map((name) =>
      typeof name === 'string' ? this.#responseName(this.#renamed.get(name) ?? name) : name,
    );
  }
}

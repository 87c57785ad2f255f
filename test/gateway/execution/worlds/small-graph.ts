import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import {
  createEngine,
  type Engine,
  type EngineOptions,
} from '../../../../gateway/execution/engine.ts';
import type { GatewayRequest } from '../../../../gateway/request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../../../../gateway/subgraph-client.ts';

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

export interface SentFetch extends SubgraphFetch {
  readonly subgraph: string;
}

export interface SmallGraph {
  readonly engine: Engine;
  /** Every fetch since the graph was opened or the list was emptied. */
  readonly sent: SentFetch[];
  /** The answer's body, parsed. Rejects with what prepare or execute reject with. */
  readonly run: (
    source: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<{
    data?: unknown;
    errors?: { message: string; path?: unknown; extensions?: unknown }[];
  }>;
}

type Options = Partial<EngineOptions> & {
  /** Stands before a subgraph: answers in its place, or passes on. */
  readonly between?: (
    fetch: SentFetch,
    pass: () => Promise<SubgraphAnswer>,
  ) => Promise<SubgraphAnswer>;
  /** How subgraphs call the directives of federation, when not by their own names. */
  readonly link?: string;
  /** Changes the composed supergraph, to what composition would not make. */
  readonly edit?: (supergraph: string) => string;
};

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible", "@authenticated", "@requiresScopes",
  "@policy"])\n`;

export const request: GatewayRequest = {
  identity: null,
  forward: {},
  deadlineAt: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};

/** The SDL of the composed graph. Throws what composition says against it. */
export const composeSmall = (
  subgraphs: Readonly<Record<string, { readonly sdl: string }>>,
  link = federation,
): string => {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}.test/graphql`,
      typeDefs: parse(link + sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

const answer = async (schema: GraphQLSchema, fetch: SubgraphFetch): Promise<SubgraphAnswer> => {
  const document = parse(fetch.operation);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors: errors.map((error) => error.toJSON()) };
  const variableValues = JSON.parse(fetch.variables);
  const result = await execute({ schema, document, variableValues, contextValue: {} });
  return JSON.parse(JSON.stringify(result));
};

/** An engine over subgraphs of a few lines, which graphql-js runs in this process. */
export const openGraph = async (
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  { between, link = federation, edit = (sdl) => sdl, ...options }: Options = {},
): Promise<SmallGraph> => {
  const sent: SentFetch[] = [];
  const engine = await createEngine({
    supergraphSdl: edit(composeSmall(subgraphs, link)),
    client: (name) => {
      const { sdl, resolvers } = subgraphs[name] ?? { sdl: '', resolvers: {} };
      const schema = buildSubgraphSchema([
        { typeDefs: parse(link + sdl), resolvers: resolvers as never },
      ]);
      return {
        name,
        send: (fetch) => {
          const one = { ...fetch, subgraph: name };
          sent.push(one);
          const pass = () => answer(schema, fetch);
          return between ? between(one, pass) : pass();
        },
        close: () => Promise.resolve(),
      };
    },
    ...options,
  });
  const run: SmallGraph['run'] = async (source, variables) => {
    const prepared = await engine.prepare(source);
    return JSON.parse(await prepared.execute(variables, request));
  };
  return { engine, sent, run };
};

import type { GraphQLSchema } from 'graphql';
import type { SubgraphClient } from '../../subgraph-client.ts';
import type { PlanPath } from './collect-targets.ts';
import type { FetchDocument } from './fetch-document.ts';
import type { FetchNode } from './fetch-node.ts';
import type { FetchQueue } from './fetch-queue.ts';
import type { InterfaceNames } from './merge-data.ts';

/** Where a node of a plan stands. */
export interface PlanPlace {
  /** Where its fetches write. */
  readonly path: PlanPath;
  /** Nothing of the plan waits for it. */
  readonly isLast: boolean;
}

/** What the nodes of one plan share while they are compiled. */
export interface PlanContext {
  /** Inaccessible elements included: subgraphs know them. */
  readonly supergraphSchema: GraphQLSchema;
  readonly interfaceNames: InterfaceNames;
  readonly client: (subgraph: string) => SubgraphClient;
  /** What the client calls a name of the data. */
  readonly responseName: (name: string) => string;
  readonly queue: FetchQueue;
  /** False repeats a representation for every object that it stands for, as the plan says. */
  readonly asksOnce: boolean;
  /** A number that no other fetch of the plan has. */
  readonly idOf: (node: FetchNode) => number;
  readonly documentOf: (node: FetchNode) => FetchDocument;
  /** A number that fetches have in common which ask one subgraph for the same of the same entities; null for the others. */
  readonly sharedOf: (node: FetchNode) => number | null;
  /** Does another fetch of the plan write into objects that this one brings? */
  readonly isOverlapping: (node: FetchNode, path: PlanPath) => boolean;
}

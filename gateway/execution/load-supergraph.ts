import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';

const refused = ['https://specs.apollo.dev/context/', 'https://specs.apollo.dev/connect/'];

// The gateway's access filter enforces the three directives of authorization before an operation is planned, so that a
// supergraph which demands them ("for: SECURITY") may load. What plans need support for, and this executor has none, may not.
const features = new Set(
  [...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter(
    (feature) => !refused.some((prefix) => feature.startsWith(prefix)),
  ),
);

/** The supergraph from its SDL. Throws with the reason when it is none, or needs what this gateway cannot do. */
export const loadSupergraph = (sdl: string): Supergraph => {
  try {
    const supergraph = Supergraph.build(sdl, {
      supportedFeatures: features,
      validateSupergraph: true,
    });
    supergraph.apiSchema();
    return supergraph;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The supergraph is refused: ${reason}`, { cause: error });
  }
};

/** An operation that was parsed, and still knows the text that it was. */
interface Parsed {
  readonly loc?: { readonly source: { readonly body: string } } | undefined;
}

/**
 * An operation whose data and variables the compiler knows: what GraphQL Code Generator, gql.tada, urql's and Apollo's `gql`
 * make. The marks exist in types only.
 */
export interface TypedDocument<TData, TVariables> extends Parsed {
  readonly __apiType?: (variables: TVariables) => TData;
  readonly __ensureTypesOfVariablesAndResultMatching?: (variables: TVariables) => TData;
}

/** Its text. Throws a TypeError for a document that came without its source: such a one is printed first. */
export const textOf = (document: string | Parsed): string => {
  if (typeof document === 'string' || document instanceof String) return document.toString();
  const { loc } = document;
  if (loc === undefined)
    throw new TypeError(
      'The document has no source text: pass print(document) of graphql instead.',
    );
  return loc.source.body;
};

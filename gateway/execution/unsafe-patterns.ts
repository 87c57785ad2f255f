import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import {
  directiveArgument,
  type FieldsType,
  isResolvable,
  subgraphNames,
} from './planning/supergraph-fields.ts';

const graphOf = (directive: ConstDirectiveNode): string =>
  directiveArgument(directive, 'graph') ?? '';

/** The subgraphs, by their enum values, that can be asked for an object of the type by a key. */
const askable = (type: FieldsType): ReadonlySet<string> =>
  new Set(
    (type.directives ?? [])
      .filter(({ name }) => name.value === 'join__type')
      .filter(
        (directive) => directiveArgument(directive, 'key') !== null && isResolvable(directive),
      )
      .map(graphOf),
  );

/** Subgraphs in which fields of the type require fields of others. */
const requiring = (type: FieldsType): { readonly field: string; readonly graph: string }[] =>
  (type.fields ?? []).flatMap((field) =>
    (field.directives ?? [])
      .filter((directive) => directiveArgument(directive, 'requires') !== null)
      .map((directive) => ({ field: field.name.value, graph: graphOf(directive) })),
  );

/**
 * What composes but cannot be answered right, one sentence for each field; empty for a sound supergraph. To be asked when
 * subgraphs are composed; an engine refuses what is not sound.
 *
 * A field that requires others is answered by going back to its subgraph with them. Composition does not look whether
 * any key of the type is resolvable there, and the planner would send one that is not.
 */
export const unsafePatterns = (supergraph: DocumentNode): readonly string[] => {
  const names = subgraphNames(supergraph);
  return supergraph.definitions.flatMap((definition) => {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    )
      return [];
    const resolvable = askable(definition);
    return requiring(definition)
      .filter(({ graph }) => !resolvable.has(graph))
      .map(({ field, graph }) => {
        const place = `${definition.name.value}.${field}`;
        const subgraph = names.get(graph) ?? graph;
        return `${place} has @requires in the subgraph "${subgraph}", which has no resolvable @key for ${definition.name.value}: it cannot be given what the field requires.`;
      });
  });
};

import { type DocumentNode, parse, print, separateOperations } from 'graphql';
import { operationHash } from './operation-hash.ts';
import { type RegisteredOperation, readManifest } from './safelist.ts';

const documentIn = (source: string, file: string): DocumentNode => {
  try {
    return parse(source);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
};

const inDocument = (source: string, file: string): RegisteredOperation[] =>
  Object.entries(separateOperations(documentIn(source, file))).map(([name, document]) => {
    if (name === '') throw new Error(`${file} holds an operation without a name.`);
    const body = print(document);
    const operation = document.definitions.find(
      (definition) => definition.kind === 'OperationDefinition',
    );
    return { id: operationHash(body), name, type: operation?.operation ?? 'query', body };
  });

/**
 * The operations of a client's file: a manifest as Apollo's tools write it, or a GraphQL document, of which every operation
 * is registered with the fragments that it uses, in the form that graphql's `print` and thereby most clients send.
 */
export const operationsIn = (text: string, file: string): RegisteredOperation[] =>
  file.endsWith('.json') ? [...readManifest(text, file).operations] : inDocument(text, file);

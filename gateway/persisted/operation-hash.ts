import { hash } from 'node:crypto';

/** The id of an operation: SHA-256 of its exact text, in lower-case hex. */
export const operationHash = (source: string): string => hash('sha256', source, 'hex');

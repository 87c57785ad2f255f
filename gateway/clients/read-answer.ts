import { isAscii, isUtf8 } from 'node:buffer';
import type { SubgraphAnswer } from '../subgraph-client.ts';

/** What is wrong with an answer, in words for the log; clients never see them. */
class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isError = (value: unknown): boolean =>
  isRecord(value) && typeof value['message'] === 'string';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnusableAnswer('The body is not JSON.', { cause });
  }
};

const checkErrors = (errors: unknown): void => {
  if (errors === undefined || errors === null) return;
  if (!(Array.isArray(errors) && errors.every(isError)))
    throw new UnusableAnswer('"errors" is not a list of errors.');
};

/**
 * What a subgraph answered, parsed. Throws UnusableAnswer for anything that GraphQL over HTTP does not allow, above all
 * `data: null` without an error, which would otherwise become a silent null at the client.
 */
export const usableAnswer = (answer: unknown, plain = false): SubgraphAnswer => {
  if (!isRecord(answer)) throw new UnusableAnswer('The body is not a JSON object.');
  const { data, errors } = answer;
  checkErrors(errors);
  const failed = Array.isArray(errors) && errors.length > 0;
  if (data === undefined || data === null) {
    if (!failed) throw new UnusableAnswer('The answer has neither data nor errors.');
  } else if (!isRecord(data)) throw new UnusableAnswer('"data" is not an object.');
  return failed
    ? ({ data: data ?? null, errors, plain } as SubgraphAnswer)
    : ({ data, plain } as SubgraphAnswer);
};

const decode = (body: Buffer): string => {
  // Most answers are ASCII, which takes a third of the time.
  if (isAscii(body)) return body.toString('latin1');
  // Decoding would turn bad bytes into U+FFFD, that is into wrong data, without a word.
  if (!isUtf8(body)) throw new UnusableAnswer('The body is not UTF-8.');
  return body.toString('utf8');
};

/** The answer in the bytes of a response body, parsed once. Throws UnusableAnswer. */
export const readAnswer = (body: Buffer): SubgraphAnswer => {
  const text = decode(body);
  const plain = !text.includes('\\');
  return usableAnswer(parse(text), plain);
};

import { createHmac, timingSafeEqual } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Position } from '../../platform/event.ts';

/** Writes and reads the places in the event log that clients hold. Opaque and signed: a client cannot make one up. */
export interface Cursors {
  readonly write: (position: Position) => string;
  /** The place; throws a GraphQLError with the code CURSOR_EXPIRED or CURSOR_INVALID that says what to do. */
  readonly read: (cursor: string) => Position;
}

const invalid = (): GraphQLError =>
  new GraphQLError(
    'This cursor was not written by this hub. Subscribe without `after` and take the cursor from extensions.cursor.',
    { extensions: { code: 'CURSOR_INVALID' } },
  );

/** The typed answer to a cursor that lies outside of what the log still holds, with the range that exists. */
export const cursorExpired = (range: { tail: string; head: string }): GraphQLError =>
  new GraphQLError(
    'The log no longer holds what followed this cursor. Read the current state with a query, then subscribe after `extensions.head`.',
    { extensions: { code: 'CURSOR_EXPIRED', ...range } },
  );

/** `tail` and `head` are asked for only when a cursor of another epoch has to be refused. */
export const createCursors = (options: {
  readonly epoch: string;
  readonly secret: string;
  readonly range: () => { tail: string; head: string };
}): Cursors => {
  const { epoch, secret } = options;
  const sign = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url').slice(0, 11);
  const write = ({ xid, seq }: Position): string => {
    const text = `${epoch}.${xid.toString(36)}.${seq.toString(36)}`;
    return `${text}.${sign(text)}`;
  };
  const read = (cursor: string): Position => {
    const end = cursor.lastIndexOf('.');
    const text = cursor.slice(0, end);
    const given = Buffer.from(cursor.slice(end + 1));
    const due = Buffer.from(sign(text));
    if (given.length !== due.length || !timingSafeEqual(given, due)) throw invalid();
    const [cursorEpoch = '', xid = '', seq = ''] = text.split('.');
    if (cursorEpoch !== epoch) throw cursorExpired(options.range());
    return { xid: Number.parseInt(xid, 36), seq: Number.parseInt(seq, 36) };
  };
  return { write, read };
};

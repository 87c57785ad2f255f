import { type FailureKind, SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';

interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Asked {
  readonly system: string;
  readonly operation: string;
  /** A write whose answer cannot be read may have happened. */
  readonly isWrite: boolean;
}

/** Errors of the database under Tryton, which the server itself has retried five times. */
const passing = /database is locked|OperationalError|could not serialize|deadlock|timeout/i;

const brief = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** The words of `["UserError", ["message", "description", …]]`, or of `["message", "traceback"]` for anything unforeseen. */
const wordsOf = (error: unknown): { readonly name: string; readonly words: string } => {
  if (!Array.isArray(error)) return { name: '', words: brief(JSON.stringify(error)) };
  const [name, detail] = error;
  if (!Array.isArray(detail)) return { name: '', words: brief(String(name)) };
  const parts = detail.filter((part): part is string => typeof part === 'string' && part !== '');
  return { name: String(name), words: brief(parts.join(' ')) };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (reply: Reply, asked: Asked): SystemUnavailable =>
  new SystemUnavailable(
    `${asked.system} answered ${asked.operation} with something that is not Tryton's JSON (HTTP ${reply.status}): ${brief(reply.text)}`,
    { ...asked, kind: asked.isWrite ? 'ambiguous' : 'transient' },
  );

const failed = (error: unknown, asked: Asked): Error => {
  const { name, words } = wordsOf(error);
  const message = `${asked.system} refused ${asked.operation}: ${words}`;
  // Somebody else changed the record in between: the server rolled our transaction back, and a fresh look may succeed.
  if (name === 'ConcurrencyException')
    return new SystemUnavailable(message, { ...asked, kind: 'transient' });
  if (name === 'LoginException') return new SystemRefused(message, { ...asked, kind: 'auth' });
  if (name === '' && passing.test(words))
    return new SystemUnavailable(`${asked.system} could not do ${asked.operation}: ${words}`, {
      ...asked,
      kind: 'transient',
    });
  return new SystemRefused(message, { ...asked, kind: 'permanent' });
};

const byStatus = (reply: Reply, asked: Asked): Error => {
  const message = `${asked.system} answered ${asked.operation} with HTTP ${reply.status}: ${brief(reply.text)}`;
  if (reply.status === 401 || reply.status === 403)
    return new SystemRefused(message, { ...asked, kind: 'auth' });
  if (reply.status === 429) return new SystemUnavailable(message, { ...asked, kind: 'throttled' });
  if (reply.status < 500) return new SystemRefused(message, { ...asked, kind: 'permanent' });
  const kind: FailureKind = asked.isWrite && reply.status !== 503 ? 'ambiguous' : 'transient';
  return new SystemUnavailable(message, { ...asked, kind });
};

/** The result in Tryton's answer. Business errors come as HTTP 200 with `error`, so the body decides, not the status;
    throws SystemRefused with the system's words, or SystemUnavailable when another try may succeed. */
export const resultOf = (reply: Reply, asked: Asked): unknown => {
  if (reply.status !== 200) throw byStatus(reply, asked);
  let body: unknown;
  try {
    body = JSON.parse(reply.text);
  } catch {
    throw unreadable(reply, asked);
  }
  if (!isObject(body)) throw unreadable(reply, asked);
  if ('error' in body) throw failed(body['error'], asked);
  if (!('result' in body)) throw unreadable(reply, asked);
  return body['result'];
};

import type { Call } from '../../platform/call.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { Upstream } from '../../platform/upstream.ts';
import { resultOf } from './answer.ts';
import { type Row, read } from './row.ts';

/** A condition of a search: `['state', '=', 'done']`, or `['OR', …]`, or a list of conditions that all hold. */
export type Domain = readonly unknown[];

/** Who we are in Tryton, and which company's books we read. */
export interface Company {
  readonly id: number;
  readonly partyId: number;
  /** ISO 4217 */
  readonly currency: string;
}

export interface Question {
  readonly model: string;
  readonly where: Domain;
  readonly fields: readonly string[];
  /** What the answer depends on beside the records: stock locations, dates. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Tryton's remote procedures, as far as the hub needs them. */
export interface TrytonClient {
  readonly system: string;
  readonly company: (call: Call) => Promise<Company>;
  /** Every matching record, inactive ones too, by id, however many pages it takes. */
  readonly find: (question: Question, call: Call) => Promise<readonly Row[]>;
  /** Ids of the records made. */
  readonly create: (
    model: string,
    values: readonly Readonly<Record<string, unknown>>[],
    call: Call,
  ) => Promise<readonly number[]>;
  /** Presses a button of a form, `confirm`. A transition that is not allowed is ignored in silence: read the state again. */
  readonly press: (
    button: { readonly model: string; readonly name: string; readonly ids: readonly number[] },
    call: Call,
  ) => Promise<void>;
}

export interface TrytonClientOptions {
  readonly system: string;
  readonly upstream: Upstream;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

interface Session {
  readonly authorization: string;
  readonly context: Readonly<Record<string, unknown>>;
}

const pageSize = 1000;

interface Procedure {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly isWrite: boolean;
}

/** One JSON-RPC exchange; throws as answer.ts says. */
const exchanger = (options: TrytonClientOptions) => {
  let last = 0;
  return async (procedure: Procedure, authorization: string | null, call: Call) => {
    const asked = {
      system: options.system,
      operation: procedure.method,
      isWrite: procedure.isWrite,
    };
    last += 1;
    const reply = await options.upstream.request({
      method: 'POST',
      path: `/${options.database}/`,
      headers: {
        'content-type': 'application/json',
        ...(authorization === null ? {} : { authorization }),
      },
      body: JSON.stringify({ id: last, method: procedure.method, params: procedure.params }),
      idempotent: !procedure.isWrite,
      signal: call.signal,
      operation: procedure.method,
    });
    return resultOf(reply, asked);
  };
};

type Run = (procedure: Procedure, call: Call) => Promise<unknown>;

const isRecord = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rowsOf = (value: unknown, method: string): readonly Row[] => {
  if (!Array.isArray(value) || !value.every(isRecord))
    throw new Error(`Tryton's ${method} did not answer with records.`);
  return value;
};

/** Keeps one session and shares it; a session that the server no longer knows is renewed once per call. */
const sessions = (options: TrytonClientOptions, exchange: ReturnType<typeof exchanger>): Run => {
  let current: Promise<Session> | null = null;

  const open = async (call: Call): Promise<Session> => {
    const login = await exchange(
      {
        method: 'common.db.login',
        params: [options.user, { password: options.password }, 'en'],
        isWrite: false,
      },
      null,
      call,
    );
    if (!Array.isArray(login)) throw new Error('Tryton did not answer the login with a session.');
    const [user, session] = login;
    const secret = Buffer.from(`${options.user}:${user}:${session}`).toString('base64');
    const authorization = `Session ${secret}`;
    const preferences = await exchange(
      { method: 'model.res.user.get_preferences', params: [true, {}], isWrite: false },
      authorization,
      call,
    );
    return { authorization, context: isRecord(preferences) ? preferences : {} };
  };

  const session = (call: Call): Promise<Session> => {
    current ??= open(call).catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  };

  const once = async (procedure: Procedure, call: Call): Promise<unknown> => {
    const { authorization, context } = await session(call);
    const params = [...procedure.params];
    const own = params.pop();
    params.push({ ...context, ...(isRecord(own) ? own : {}) });
    return await exchange({ ...procedure, params }, authorization, call);
  };

  return async (procedure, call) => {
    const used = current;
    try {
      return await once(procedure, call);
    } catch (error) {
      if (!(error instanceof SystemRefused) || error.kind !== 'auth' || used === null) throw error;
      // Refused before anything ran, so even a write may be sent again.
      if (current === used) current = null;
      return await once(procedure, call);
    }
  };
};

const finder =
  (run: Run): TrytonClient['find'] =>
  async (question, call) => {
    const method = `model.${question.model}.search_read`;
    const context = { active_test: false, ...question.context };
    const found: Row[] = [];
    for (;;) {
      const params = [
        question.where,
        found.length,
        pageSize,
        [['id', 'ASC']],
        question.fields,
        context,
      ];
      const page = rowsOf(await run({ method, params, isWrite: false }, call), method);
      found.push(...page);
      if (page.length < pageSize) return found;
    }
  };

const ownCompany = async (run: Run, options: TrytonClientOptions, call: Call): Promise<Company> => {
  const preferences = await run(
    { method: 'model.res.user.get_preferences', params: [true, {}], isWrite: false },
    call,
  );
  const id = isRecord(preferences) ? read.link({ company: null, ...preferences }, 'company') : null;
  const [row] = await finder(run)(
    {
      model: 'company.company',
      where: id === null ? [] : [['id', '=', id]],
      fields: ['party', 'currency.code'],
    },
    call,
  );
  if (row === undefined)
    throw new SystemRefused(`${options.system} has no company for the user ${options.user}.`, {
      system: options.system,
      operation: 'company',
      kind: 'permanent',
    });
  return {
    id: read.id(row),
    partyId: read.id(row, 'party'),
    currency: read.words(row, 'currency.code'),
  };
};

/** Talks Tryton 6.0's JSON-RPC: `POST /<database>/`, a session header, the last parameter is the context. */
export const createTrytonClient = (options: TrytonClientOptions): TrytonClient => {
  const run = sessions(options, exchanger(options));

  let company: Promise<Company> | null = null;

  return {
    system: options.system,
    find: finder(run),
    company: (call) => {
      company ??= ownCompany(run, options, call).catch((error: unknown) => {
        company = null;
        throw error;
      });
      return company;
    },
    create: async (model, values, call) => {
      const method = `model.${model}.create`;
      const ids = await run({ method, params: [values, {}], isWrite: true }, call);
      if (!Array.isArray(ids)) throw new Error(`Tryton's ${method} did not answer with ids.`);
      return ids.map(Number);
    },
    press: async ({ model, name, ids }, call) => {
      await run({ method: `model.${model}.${name}`, params: [ids, {}], isWrite: true }, call);
    },
  };
};

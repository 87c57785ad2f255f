/** What Tryton's own window would send: a few lines of JSON-RPC, without anything of the connector. */
export interface TrytonRpc {
  /** Name of the procedure, then its parameters; the context goes last by itself. */
  readonly call: (method: string, ...params: readonly unknown[]) => Promise<unknown>;
  /** `model.<model>.create`; ids. */
  readonly create: (
    model: string,
    ...records: readonly Readonly<Record<string, unknown>>[]
  ) => Promise<readonly number[]>;
  /** The first record of the search; throws when there is none. */
  readonly first: (model: string, domain: readonly unknown[]) => Promise<number>;
  readonly search: (model: string, domain: readonly unknown[]) => Promise<readonly number[]>;
  readonly read: (
    model: string,
    ids: readonly number[],
    fields: readonly string[],
  ) => Promise<readonly Record<string, unknown>[]>;
  readonly refreshContext: () => Promise<void>;
}

export const decimal = (value: string) => ({ __class__: 'Decimal', decimal: value });

/** From YYYY-MM-DD. */
export const date = (value: string) => {
  const [year, month, day] = value.split('-').map(Number);
  return { __class__: 'date', year, month, day };
};

/** Logs in as the administrator. */
export const trytonRpc = async (url: string, database = 'hub'): Promise<TrytonRpc> => {
  const state: { authorization?: string; context: Record<string, unknown> } = { context: {} };
  const send = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${url}/${database}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(state.authorization === undefined ? {} : { authorization: state.authorization }),
      },
      body: JSON.stringify({ id: 1, method, params }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method}: HTTP ${response.status} ${text.slice(0, 200)}`);
    const body = JSON.parse(text) as { result?: unknown; error?: unknown };
    if (body.error !== undefined) throw new Error(`${method}: ${JSON.stringify(body.error)}`);
    return body.result;
  };
  const [user, session] = (await send('common.db.login', [
    'admin',
    { password: 'admin' },
    'en',
  ])) as readonly [number, string];
  state.authorization = `Session ${Buffer.from(`admin:${user}:${session}`).toString('base64')}`;
  const refreshContext = async (): Promise<void> => {
    state.context = (await send('model.res.user.get_preferences', [true, {}])) as Record<
      string,
      unknown
    >;
  };
  await refreshContext();
  const call: TrytonRpc['call'] = (method, ...params) => send(method, [...params, state.context]);
  const search: TrytonRpc['search'] = async (model, domain) =>
    (await call(`model.${model}.search`, domain, 0, null, null)) as readonly number[];
  return {
    call,
    search,
    create: async (model, ...records) =>
      (await call(`model.${model}.create`, records)) as readonly number[],
    first: async (model, domain) => {
      const [id] = await search(model, domain);
      if (id === undefined) throw new Error(`No ${model} with ${JSON.stringify(domain)}.`);
      return id;
    },
    read: async (model, ids, fields) =>
      (await call(`model.${model}.read`, ids, fields)) as readonly Record<string, unknown>[],
    refreshContext,
  };
};

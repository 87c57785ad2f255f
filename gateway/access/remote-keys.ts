import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';

/** The issuer's keys cannot be had at the moment; that says nothing of any token. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface RemoteKeysOptions {
  /** How long an issuer that did not answer is left alone; in milliseconds. */
  readonly retryAfterMs?: number;
  /** How long a key that is not known is not looked for again; in milliseconds. */
  readonly cooldownMs?: number;
}

const timeoutDuration = 5_000;
const cacheMaxAge = 600_000;
const defaultRetryAfterMs = 5_000;
const defaultCooldownMs = 30_000;
const longestText = 256 * 1024;

const readText = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longestText) throw new Error('The keys are too many.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const isKeySet = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);

/** Redirects are not followed: the caller asks for `manual`, and they are no 200. */
const readKeySet = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, init);
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The answer is ${response.status}.`);
  }
  const text = await readText(response);
  if (!isKeySet(JSON.parse(text))) throw new Error('The answer is no set of keys.');
  return new Response(text);
};

/**
 * The keys of an issuer by the address of its key set, kept for 10 minutes. One request at a time; unknown key ids cost at
 * most one every `cooldownMs`, however many there are, and an issuer that is down one every `retryAfterMs`. Rejects with KeysUnavailable meanwhile.
 */
export const remoteKeys = (
  url: URL,
  { retryAfterMs = defaultRetryAfterMs, cooldownMs = defaultCooldownMs }: RemoteKeysOptions = {},
): JWTVerifyGetKey => {
  let failedAt = Number.NEGATIVE_INFINITY;
  const guarded = async (address: string, init: RequestInit): Promise<Response> => {
    if (performance.now() - failedAt < retryAfterMs)
      throw new KeysUnavailable('The keys could not be read a moment ago.');
    try {
      return await readKeySet(address, init);
    } catch (cause) {
      failedAt = performance.now();
      throw new KeysUnavailable('The keys could not be read.', { cause });
    }
  };
  return createRemoteJWKSet(url, {
    timeoutDuration,
    cooldownDuration: cooldownMs,
    cacheMaxAge,
    [customFetch]: guarded,
  });
};

import { createPublicKey, type KeyObject } from 'node:crypto';

/** Where the keys are that tokens of a foreign issuer are signed with. */
export type JwtKeys =
  | { readonly kind: 'jwks'; readonly url: URL }
  | { readonly kind: 'public'; readonly key: KeyObject }
  | { readonly kind: 'secret'; readonly key: Uint8Array };

/** What a token of a foreign issuer has to be. */
export interface JwtSettings {
  readonly keys: JwtKeys;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly longestLifetimeSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const asymmetric = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const symmetric = ['HS256', 'HS384', 'HS512'];
const shortestSecret = 32;
const dayInSeconds = 86_400;

const keySettings = ['JWKS_URL', 'JWT_PUBLIC_KEY', 'JWT_SECRET'] as const;

const needed = (env: Environment, name: string): string => {
  const value = env[name]?.trim();
  if (value) return value;
  throw new Error(
    `${name} has to be set where tokens are checked: without it any token of the issuer would do.`,
  );
};

const urlIn = (text: string): URL => {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text);
  throw new Error(
    `JWKS_URL must be an address such as https://login.example.org/keys, not "${text}".`,
  );
};

const publicKeyIn = (text: string): KeyObject => {
  try {
    return createPublicKey(text.replaceAll('\\n', '\n'));
  } catch {
    throw new Error('JWT_PUBLIC_KEY must be a public key as PEM text.');
  }
};

const secretIn = (text: string): Uint8Array => {
  const key = new TextEncoder().encode(text);
  if (key.length >= shortestSecret) return key;
  throw new Error(`JWT_SECRET must have at least ${shortestSecret} bytes.`);
};

const keysIn = (name: (typeof keySettings)[number], text: string): JwtKeys => {
  switch (name) {
    case 'JWKS_URL':
      return { kind: 'jwks', url: urlIn(text) };
    case 'JWT_PUBLIC_KEY':
      return { kind: 'public', key: publicKeyIn(text) };
    case 'JWT_SECRET':
      return { kind: 'secret', key: secretIn(text) };
  }
};

/** With a public key as its secret, anybody could sign: so a kind of key takes only the algorithms that are made for it. */
const algorithmsIn = (env: Environment, { kind }: JwtKeys): readonly string[] => {
  const fitting = kind === 'secret' ? symmetric : asymmetric;
  const asked = env['JWT_ALGORITHMS']?.split(',').map((name) => name.trim());
  if (!asked?.[0]) return fitting;
  const wrong = asked.find((name) => !fitting.includes(name));
  if (wrong === undefined) return asked;
  throw new Error(`JWT_ALGORITHMS must be some of ${fitting.join(', ')}; "${wrong}" is none.`);
};

const lifetimeIn = (env: Environment): number => {
  const value = Number(env['JWT_LONGEST_SECONDS'] || dayInSeconds);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error('JWT_LONGEST_SECONDS must be a positive whole number.');
};

/** A line for each setting, as --help shows them. */
export const describeJwtSettings = `  JWKS_URL                     The key set of whoever signs bearer tokens; or
  JWT_PUBLIC_KEY               the public key as PEM text; or
  JWT_SECRET                   the shared secret, at least 32 bytes. Without any of the three nobody is known.
  JWT_ISSUER, JWT_AUDIENCE     Who made the tokens, and for whom; needed with a key.
  JWT_ALGORITHMS               What they may be signed with, separated by commas (all that fit the key unless set)
  JWT_LONGEST_SECONDS          How long they may live (${dayInSeconds} unless set)`;

/** How bearer tokens are checked, as the environment says; null when it names no key. Throws with what is wrong. */
export const jwtSettings = (env: Environment): JwtSettings | null => {
  const [name, ...more] = keySettings.filter((setting) => env[setting]?.trim());
  if (name === undefined) return null;
  if (more.length > 0) throw new Error(`Only one of ${keySettings.join(', ')} may be set.`);
  const keys = keysIn(name, env[name]?.trim() ?? '');
  return {
    keys,
    issuer: needed(env, 'JWT_ISSUER'),
    audience: needed(env, 'JWT_AUDIENCE'),
    algorithms: algorithmsIn(env, keys),
    longestLifetimeSeconds: lifetimeIn(env),
  };
};

import { createHmac, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import {
  type CryptoKey,
  errors,
  exportJWK,
  importJWK,
  importPKCS8,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { type Clock, systemClock } from './clock.ts';
import type { Identity } from './identity.ts';
import { madeOnce } from './made-once.ts';
import { verifyJwt } from './verify-jwt.ts';

/** Why a token does not hold; for the log, never for the client. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
  /** True for a token that did hold once: its bearer may come back with a fresh one. */
  readonly expired: boolean;

  constructor(message: string, expired = false) {
    super(message);
    this.expired = expired;
  }
}

/** Whatever failed while a token was checked, as what is wrong with the token. */
export const asInvalidToken = (error: unknown): InvalidToken =>
  error instanceof InvalidToken
    ? error
    : new InvalidToken(
        error instanceof Error ? error.message : String(error),
        error instanceof errors.JWTExpired,
      );

/** A token that holds. */
export interface VerifiedToken {
  readonly identity: Identity;
  /** When it ends, in epoch milliseconds. */
  readonly expiresAt: number;
}

/** Gives out tokens of the hub's own and checks them. */
export interface Tokens {
  /** A signed token (JWT, ES256) that says who its bearer is; for 12 hours unless told less. */
  readonly issue: (identity: Identity, lifetimeSeconds?: number) => Promise<string>;
  /** Rejects with InvalidToken: signature, issuer, audience, algorithm, times, lifetime or claims do not fit. */
  readonly verify: (token: string) => Promise<VerifiedToken>;
}

const issuer = 'urn:syncline:local';
const audience = 'urn:syncline:graph';
const algorithm = 'ES256';
const longestLifetimeSeconds = 12 * 3600;
const toleranceSeconds = 5;

const rules = {
  issuer,
  audience,
  algorithms: [algorithm],
  typ: 'JWT',
  requiredClaims: ['name', 'roles', 'facilities', 'client'],
  longestLifetimeSeconds,
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const strings = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every(isText) ? value : null;

const identityIn = (payload: JWTPayload): Identity => {
  const { sub, name, roles, facilities, client } = payload;
  const facilityIds = facilities === 'ALL' ? 'ALL' : strings(facilities);
  const roleNames = strings(roles);
  if (!(isText(sub) && isText(name) && isText(client)))
    throw new InvalidToken('A claim is missing: sub, name or client.');
  if (roleNames === null || facilityIds === null)
    throw new InvalidToken('A claim is missing: roles or facilities.');
  return { subject: sub, name, roles: roleNames, facilityIds, clientId: client };
};

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;

const openKey = async (file: string | null): Promise<{ sign: CryptoKey; check: CryptoKey }> => {
  const text = file === null ? newKey() : madeOnce(file, newKey);
  const sign = await importPKCS8(text, algorithm, { extractable: true });
  const { d: _, ...open } = await exportJWK(sign);
  return { sign, check: (await importJWK(open, algorithm)) as CryptoKey };
};

const verifyWith = async (key: CryptoKey, clock: Clock, token: string): Promise<VerifiedToken> => {
  try {
    const { payload, expiresAt } = await verifyJwt(token, { ...rules, key, clock });
    return { identity: identityIn(payload), expiresAt };
  } catch (error) {
    throw asInvalidToken(error);
  }
};

/** Opens the local issuer; its key is made once and kept in the file, or only in memory for null. */
export const openTokens = async (
  keyFile: string | null,
  clock: Clock = systemClock,
): Promise<Tokens> => {
  const key = await openKey(keyFile);
  return {
    issue: (identity, lifetimeSeconds = longestLifetimeSeconds) => {
      const now = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({
        name: identity.name,
        roles: identity.roles,
        facilities: identity.facilityIds,
        client: identity.clientId,
      })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setSubject(identity.subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + Math.min(lifetimeSeconds, longestLifetimeSeconds))
        .sign(key.sign);
    },
    verify: (token) => verifyWith(key.check, clock, token),
  };
};

const signatureOf = (secret: string, text: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();

/** How long a subgraph takes a signed identity for good, in milliseconds. */
const identityLifetimeMs = 60_000;

/** The identity as the gateway hands it to a subgraph in another process: short-lived, signed with the hub's secret. */
export const signIdentity = (identity: Identity, secret: string, now = Date.now()): string => {
  const text = Buffer.from(JSON.stringify({ identity, until: now + identityLifetimeMs })).toString(
    'base64url',
  );
  return `${text}.${signatureOf(secret, text).toString('base64url')}`;
};

/** Who the gateway says asks. Throws InvalidToken when the gateway did not say so, or said so too long ago. */
export const verifyIdentity = (header: string, secret: string, now = Date.now()): Identity => {
  const [text = '', signature = '', ...more] = header.split('.');
  const given = Buffer.from(signature, 'base64url');
  const due = signatureOf(secret, text);
  if (more.length > 0 || given.length !== due.length || !timingSafeEqual(given, due))
    throw new InvalidToken('The identity was not signed by the gateway.');
  const { identity, until } = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
    identity: Identity;
    until: number;
  };
  const leftMs = until - now;
  const longestMs = identityLifetimeMs + toleranceSeconds * 1000;
  if (!(leftMs > -toleranceSeconds * 1000 && leftMs <= longestMs))
    throw new InvalidToken('The identity is too old.');
  return identity;
};

/** What stands in for the local issuer outside demo mode: it gives out no token and takes none. */
export const closedIssuer: Tokens = {
  issue: () => Promise.reject(new Error('Tokens of the local issuer exist in demo mode only.')),
  verify: () =>
    Promise.reject(new InvalidToken('Tokens of the local issuer count in demo mode only.')),
};

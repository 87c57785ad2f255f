import {
  type CryptoKey,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
  type KeyObject,
} from 'jose';
import { type Clock, systemClock } from './clock.ts';

/** What a token has to be. Nothing that its own header says of keys (jwk, jku, x5u) is ever looked at. */
export interface JwtRules {
  readonly key: CryptoKey | KeyObject | Uint8Array | JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The header's `typ`, where it is known. */
  readonly typ?: string;
  /** Claims that have to be there, besides iss, aud, sub, iat and exp. */
  readonly requiredClaims?: readonly string[];
  readonly longestLifetimeSeconds: number;
  readonly clock?: Clock;
}

/** A token that holds. */
export interface VerifiedJwt {
  readonly payload: JWTPayload;
  /** When it ends, in epoch milliseconds. */
  readonly expiresAt: number;
}

const longestToken = 8192;
const toleranceSeconds = 5;
const alwaysRequired = ['iss', 'aud', 'sub', 'iat', 'exp'];

/** `exp: 1e400` parses to Infinity and would pass every comparison, so times have to be whole and finite. */
const checkTimes = (
  { iat, exp, nbf = 0 }: JWTPayload,
  nowSeconds: number,
  longestLifetimeSeconds: number,
): number => {
  if (![iat, exp, nbf].every(Number.isSafeInteger))
    throw new Error('iat, exp and nbf have to be whole numbers.');
  const [from, to] = [Number(iat), Number(exp)];
  if (from > nowSeconds + toleranceSeconds) throw new Error('The token is from the future.');
  if (to - from > longestLifetimeSeconds) throw new Error('The token lives too long.');
  return to * 1000;
};

const optionsOf = (rules: JwtRules, currentDate: Date): JWTVerifyOptions => ({
  issuer: rules.issuer,
  audience: rules.audience,
  algorithms: [...rules.algorithms],
  ...(rules.typ === undefined ? {} : { typ: rules.typ }),
  requiredClaims: [...alwaysRequired, ...(rules.requiredClaims ?? [])],
  clockTolerance: toleranceSeconds,
  currentDate,
});

/** Checks signature, issuer, audience, algorithm, times (5 seconds of tolerance), lifetime and claims. Rejects with what does not fit. */
export const verifyJwt = async (token: string, rules: JwtRules): Promise<VerifiedJwt> => {
  if (token.length > longestToken) throw new Error('The token is too long.');
  const currentDate = (rules.clock ?? systemClock).now();
  const options = optionsOf(rules, currentDate);
  const { key } = rules;
  const { payload } = await (typeof key === 'function'
    ? jwtVerify(token, key, options)
    : jwtVerify(token, key, options));
  const nowSeconds = Math.floor(currentDate.getTime() / 1000);
  return { payload, expiresAt: checkTimes(payload, nowSeconds, rules.longestLifetimeSeconds) };
};

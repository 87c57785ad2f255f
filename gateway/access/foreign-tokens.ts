import type { JWTPayload } from 'jose';
import type { Clock } from '../../platform/clock.ts';
import type { Identity } from '../../platform/identity.ts';
import { asInvalidToken, InvalidToken, type Tokens } from '../../platform/tokens.ts';
import { verifyJwt } from '../../platform/verify-jwt.ts';
import type { JwtKeys, JwtSettings } from './jwt-settings.ts';
import { KeysUnavailable, remoteKeys } from './remote-keys.ts';

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const words = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word) => textOf(word) !== null) : [];
};

/** `scope` is of RFC 8693 and 9068, `scp` of those who do it their own way. Foreign tokens know no facilities. */
const identityIn = ({ sub, name, scope, scp, azp, client_id }: JWTPayload): Identity => {
  const subject = textOf(sub);
  if (subject === null) throw new InvalidToken('A claim is missing: sub.');
  return {
    subject,
    name: textOf(name) ?? subject,
    roles: [...new Set([...words(scope), ...words(scp)])],
    facilityIds: [],
    clientId: textOf(azp) ?? textOf(client_id) ?? '',
  };
};

const keyOf = (keys: JwtKeys) => (keys.kind === 'jwks' ? remoteKeys(keys.url) : keys.key);

/**
 * Checks the tokens of an issuer that is not the hub. Their scopes are the identity's roles. Rejects with InvalidToken, and
 * with KeysUnavailable when nothing can be said of any token.
 */
export const foreignTokens = (settings: JwtSettings, clock?: Clock): Pick<Tokens, 'verify'> => {
  const { keys, ...rest } = settings;
  const rules = { ...rest, key: keyOf(keys), ...(clock ? { clock } : {}) };
  return {
    verify: async (token) => {
      try {
        const { payload, expiresAt } = await verifyJwt(token, rules);
        return { identity: identityIn(payload), expiresAt };
      } catch (error) {
        throw error instanceof KeysUnavailable ? error : asInvalidToken(error);
      }
    },
  };
};

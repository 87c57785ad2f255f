import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import { foreignTokens } from '../../../gateway/access/foreign-tokens.ts';
import { jwtSettings } from '../../../gateway/access/jwt-settings.ts';
import { KeysUnavailable, remoteKeys } from '../../../gateway/access/remote-keys.ts';
import { InvalidToken, type Tokens } from '../../../platform/tokens.ts';
import {
  type Answering,
  claims,
  encode,
  hmacSigned,
  newKey,
  seconds,
  signed,
  startIssuer,
} from './foreign-issuer.ts';

const key = newKey();
const stranger = newKey();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const secret = 's'.repeat(32);
const who = { JWT_ISSUER: 'https://login.test', JWT_AUDIENCE: 'clinic' };

const tokensBy = (env: Readonly<Record<string, string>>): Pick<Tokens, 'verify'> => {
  const settings = jwtSettings({ ...who, ...env });
  if (!settings) throw new Error('No keys.');
  return foreignTokens(settings);
};

const byKey = tokensBy({ JWT_PUBLIC_KEY: pem });

describe('a token of the issuer', () => {
  test('says who asks, for whom, and what its bearer may do', async () => {
    const payload = claims({ name: 'Nora', scp: ['audit', 'hr'] });
    expect(await byKey.verify(signed(payload, key.privateKey))).toEqual({
      identity: {
        subject: 'u-nora',
        name: 'Nora',
        roles: ['hr', 'read', 'audit'],
        facilityIds: [],
        clientId: 'ward-app',
      },
      expiresAt: payload.exp * 1000,
    });
  });

  test.each([
    ['no scopes', { scope: undefined }, []],
    ['scopes as a list under scp', { scope: undefined, scp: ['a', 'b'] }, ['a', 'b']],
    ['scopes as a text under scp', { scope: undefined, scp: 'a b' }, ['a', 'b']],
    ['scopes that are no texts', { scope: { admin: true }, scp: [1, null, ['x'], ''] }, []],
    ['scopes with spaces around', { scope: '  a  b ' }, ['a', 'b']],
  ])('may have %s', async (_, more, roles) => {
    const { identity } = await byKey.verify(signed(claims(more), key.privateKey));
    expect(identity.roles).toEqual(roles);
  });

  test('may be signed with a shared secret, or with RSA, where that is the key', async () => {
    const bySecret = tokensBy({ JWT_SECRET: secret });
    await expect(bySecret.verify(hmacSigned(claims(), secret))).resolves.toBeDefined();
    const rsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const byRsa = tokensBy({ JWT_PUBLIC_KEY: rsaPem.replaceAll('\n', '\\n') });
    await expect(byRsa.verify(signed(claims(), rsa.privateKey))).resolves.toBeDefined();
  });
});

describe('refused is a token', () => {
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
  const withText = (from: string, to: string) =>
    signed(JSON.stringify(claims()).replace(from, to), key.privateKey);
  const { exp, iat } = claims();

  test.each<[string, string]>([
    ['of alg none', `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['that is signed with our public key as a secret', hmacSigned(claims(), pem)],
    ['that is signed so and calls itself ES256', hmacSigned(claims(), pem, { alg: 'ES256' })],
    ['of another kind of key', signed(claims(), rsa.privateKey)],
    ['of a stranger', signed(claims(), stranger.privateKey)],
    ['that brings its key', signed(claims(), stranger.privateKey, { jwk: strangerJwk })],
    [
      'that names an address for its key',
      signed(claims(), stranger.privateKey, { jku: 'http://127.0.0.1:9' }),
    ],
    [
      'that names an address for its certificate',
      signed(claims(), stranger.privateKey, { x5u: 'http://127.0.0.1:9' }),
    ],
    ['whose key id is a path', signed(claims(), stranger.privateKey, { kid: '../../dev/null' })],
    [
      'with an unknown critical header',
      signed(claims(), key.privateKey, { crit: ['exp'], exp: 1 }),
    ],
    ['of another issuer', signed(claims({ iss: 'https://evil' }), key.privateKey)],
    ['for another audience', signed(claims({ aud: 'payroll' }), key.privateKey)],
    ['for no audience', signed(claims({ aud: undefined }), key.privateKey)],
    ['of nobody', signed(claims({ sub: undefined }), key.privateKey)],
    ['of somebody without a name', signed(claims({ sub: '' }), key.privateKey)],
    ['of somebody who is no text', signed(claims({ sub: { $gt: '' } }), key.privateKey)],
    ['that has ended', signed(claims({ exp: seconds() - 6 }), key.privateKey)],
    ['that has not begun', signed(claims({ nbf: seconds() + 60 }), key.privateKey)],
    ['of the future', signed(claims({ iat: seconds() + 60 }), key.privateKey)],
    ['that never ends', signed(claims({ exp: undefined }), key.privateKey)],
    ['that ends beyond all numbers', withText(`"exp":${exp}`, '"exp":1e400')],
    ['that began before all numbers', withText(`"iat":${iat}`, '"iat":-1e400')],
    ['that does not say since when it counts', signed(claims({ iat: undefined }), key.privateKey)],
    ['that lives longer than a day', signed(claims({ exp: seconds() + 90_000 }), key.privateKey)],
    ['that is no token', 'nora'],
    ['that is very long', signed(claims({ more: 'x'.repeat(10_000) }), key.privateKey)],
  ])('%s', async (_, token) => {
    await expect(byKey.verify(token)).rejects.toThrow(InvalidToken);
  });

  test('where a shared secret is the key: one of any other key', async () => {
    const bySecret = tokensBy({ JWT_SECRET: secret });
    const cases = [hmacSigned(claims(), 't'.repeat(32)), signed(claims(), key.privateKey)];
    for (const token of [...cases, `${encode({ alg: 'none' })}.${encode(claims())}.`])
      await expect(bySecret.verify(token)).rejects.toThrow(InvalidToken);
  });

  test('that is signed by an algorithm that is not allowed here', async () => {
    const other = tokensBy({ JWT_PUBLIC_KEY: pem, JWT_ALGORITHMS: 'ES384, PS256' });
    await expect(other.verify(signed(claims(), key.privateKey))).rejects.toThrow(InvalidToken);
  });
});

describe('the keys of an issuer by address', () => {
  const issuers: Awaited<ReturnType<typeof startIssuer>>[] = [];
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let tokens: Pick<Tokens, 'verify'>;
  beforeEach(async () => {
    issuer = await startIssuer();
    issuers.push(issuer);
    issuer.keys.set('first', key.publicKey);
    tokens = tokensBy({ JWKS_URL: issuer.url });
  });
  afterAll(() => Promise.all(issuers.map(({ close }) => close())));

  const tokenOf = (kid: string | undefined, pair = key) =>
    signed(claims(), pair.privateKey, kid === undefined ? {} : { kid });

  test('are asked for once, however many tokens come at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => tokens.verify(tokenOf('first'))));
    expect(issuer.state.asked).toBe(1);
    await tokens.verify(tokenOf(undefined));
    expect(issuer.state.asked).toBe(1);
  });

  test('are not asked for again by 200 tokens that name keys nobody knows', async () => {
    await tokens.verify(tokenOf('first'));
    for (let at = 0; at < 200; at += 1)
      await expect(tokens.verify(tokenOf(`unknown-${at}`, stranger))).rejects.toThrow(InvalidToken);
    expect(issuer.state.asked).toBe(1);
    await expect(tokens.verify(tokenOf('first'))).resolves.toBeDefined();
  });

  test('hold for the key that they name: another key under its id is refused', async () => {
    issuer.keys.set('second', stranger.publicKey);
    await expect(tokens.verify(tokenOf('first', stranger))).rejects.toThrow(InvalidToken);
    await expect(tokens.verify(tokenOf('second', stranger))).resolves.toBeDefined();
    await expect(tokens.verify(hmacSigned(claims(), pem, { kid: 'first' }))).rejects.toThrow(
      InvalidToken,
    );
  });

  test.each<Answering>(['not at all', 'with an error', 'elsewhere', 'nonsense', 'too much'])(
    'that come %s say nothing of a token, and are not asked for again for each',
    async (answering) => {
      issuer.state.answering = answering;
      for (let at = 0; at < 200; at += 1)
        await expect(tokens.verify(tokenOf('first'))).rejects.toThrow(KeysUnavailable);
      expect(issuer.state.asked).toBe(1);
    },
  );

  test('may be exchanged: a new one is found, and the old one does not hold any more', async () => {
    const changing = remoteKeys(new URL(issuer.url), { cooldownMs: 0 });
    const verify = (token: string) => jwtVerify(token, changing);
    await verify(tokenOf('first'));
    issuer.keys.delete('first');
    issuer.keys.set('second', stranger.publicKey);
    await expect(verify(tokenOf('second', stranger))).resolves.toBeDefined();
    await expect(verify(tokenOf('first'))).rejects.toThrow('no applicable key');
  });

  test('are there again once the issuer is', async () => {
    const recovering = remoteKeys(new URL(issuer.url), { retryAfterMs: 0 });
    const found = () => jwtVerify(tokenOf('first'), recovering);
    issuer.state.answering = 'with an error';
    await expect(found()).rejects.toThrow(KeysUnavailable);
    issuer.state.answering = 'properly';
    await expect(found()).resolves.toBeDefined();
  });

  test('that are known hold while the issuer is down', async () => {
    await tokens.verify(tokenOf('first'));
    issuer.state.answering = 'not at all';
    await expect(tokens.verify(tokenOf('first'))).resolves.toBeDefined();
  });
});

describe('settings', () => {
  const keys = { JWT_PUBLIC_KEY: pem };

  test('that name no key mean that nobody is known', () => {
    expect(jwtSettings(who)).toBeNull();
    expect(jwtSettings({ JWKS_URL: ' ', JWT_SECRET: '' })).toBeNull();
  });

  test.each([
    [
      'two keys',
      { ...who, ...keys, JWT_SECRET: secret },
      /Only one of JWKS_URL, JWT_PUBLIC_KEY, JWT_SECRET/,
    ],
    ['no issuer', { ...keys, JWT_AUDIENCE: 'clinic' }, /JWT_ISSUER has to be set/],
    ['no audience', { ...keys, JWT_ISSUER: 'x' }, /JWT_AUDIENCE has to be set/],
    ['a short secret', { ...who, JWT_SECRET: 'short' }, /at least 32 bytes/],
    ['a key that is none', { ...who, JWT_PUBLIC_KEY: 'none' }, /JWT_PUBLIC_KEY must be/],
    ['an address that is none', { ...who, JWKS_URL: 'file:///etc/keys' }, /JWKS_URL must be/],
    ['no algorithm at all', { ...who, ...keys, JWT_ALGORITHMS: 'none' }, /JWT_ALGORITHMS must be/],
    [
      'a public key as a shared secret',
      { ...who, ...keys, JWT_ALGORITHMS: 'ES256,HS256' },
      /"HS256"/,
    ],
    [
      'a lifetime that is none',
      { ...who, ...keys, JWT_LONGEST_SECONDS: '1e400' },
      /JWT_LONGEST_SECONDS/,
    ],
  ])('with %s are refused', (_, env, message) => {
    expect(() => jwtSettings(env)).toThrow(message);
  });
});

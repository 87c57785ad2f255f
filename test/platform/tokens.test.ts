import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../platform/identity.ts';
import { InvalidToken, openTokens, signIdentity, verifyIdentity } from '../../platform/tokens.ts';

const now = new Date('2026-11-23T10:00:00Z');
const seconds = Math.floor(now.getTime() / 1000);
const clockAt = (offsetSeconds: number) => ({
  now: () => new Date(now.getTime() + offsetSeconds * 1000),
});

const dir = mkdtempSync(join(tmpdir(), 'syncline-key-'));
const keyFile = join(dir, 'keys', 'issuer.pem');
const at = (offsetSeconds: number) => openTokens(keyFile, clockAt(offsetSeconds));
const tokens = await at(0);
const key = createPrivateKey(readFileSync(keyFile));

afterAll(() => rmSync(dir, { recursive: true }));

const nora: Identity = {
  subject: 'u-nora',
  name: 'Nora',
  roles: ['buyer', 'approver'],
  facilityIds: ['north'],
  clientId: 'console',
};

const header = { alg: 'ES256', typ: 'JWT' };
const claims = {
  sub: 'u-nora',
  name: 'Nora',
  roles: ['buyer'],
  facilities: ['north'],
  client: 'console',
  iss: 'urn:syncline:local',
  aud: 'urn:syncline:graph',
  iat: seconds,
  exp: seconds + 600,
};

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token with any header and payload, rightly signed with the key. */
const forge = (payload: unknown, head: unknown = header, signingKey: KeyObject = key): string => {
  const text = `${encode(head)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: signingKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
};

const without = (name: keyof typeof claims) =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));

test('an issued token says who it was issued for', async () => {
  const { identity, expiresAt } = await tokens.verify(await tokens.issue(nora, 600));
  expect(identity).toEqual(nora);
  expect(expiresAt).toBe(now.getTime() + 600_000);
  const central: Identity = { ...nora, facilityIds: 'ALL' };
  expect((await tokens.verify(await tokens.issue(central))).identity).toEqual(central);
});

test('a forged token that is right in everything is taken, so the refusals below are for their reason', async () => {
  expect((await tokens.verify(forge(claims))).identity).toEqual({ ...nora, roles: ['buyer'] });
});

test('a token is good for its time, give or take 5 seconds', async () => {
  const token = await tokens.issue(nora, 60);
  const verifiedAt = async (offset: number) => (await (await at(offset)).verify(token)).identity;
  await expect(verifiedAt(64)).resolves.toEqual(nora);
  await expect(verifiedAt(66)).rejects.toThrow(InvalidToken);
  await expect(verifiedAt(-4)).resolves.toEqual(nora);
  await expect(verifiedAt(-6)).rejects.toThrow('future');
  await expect(verifiedAt(-7200)).rejects.toThrow(InvalidToken);
});

test('no token is issued for more than 12 hours', async () => {
  const { expiresAt } = await tokens.verify(await tokens.issue(nora, 365 * 86_400));
  expect(expiresAt).toBe(now.getTime() + 12 * 3_600_000);
});

const publicPem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
const hmacToken = (alg: string): string => {
  const text = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`;
};
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const rsaToken = (): string => {
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), rsa).toString('base64url')}`;
};
const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
const payloadText = JSON.stringify(claims);

describe('refuses', () => {
  test.each<[string, string]>([
    ['alg none', `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`],
    ['alg None', `${encode({ alg: 'None', typ: 'JWT' })}.${encode(claims)}.`],
    ['our public key used as an HMAC secret', hmacToken('HS256')],
    ['HMAC that calls itself ES256', hmacToken('ES256')],
    ['a valid RSA signature', rsaToken()],
    ['the key of a stranger', forge(claims, header, stranger.privateKey)],
    [
      'a key in the header (jwk)',
      forge(claims, { ...header, jwk: strangerJwk }, stranger.privateKey),
    ],
    [
      'a key by address (jku)',
      forge(claims, { ...header, jku: 'http://evil/jwks' }, stranger.privateKey),
    ],
    [
      'a certificate by address (x5u)',
      forge(claims, { ...header, x5u: 'http://evil' }, stranger.privateKey),
    ],
    [
      'a key id that is a path',
      forge(claims, { ...header, kid: '../../dev/null' }, stranger.privateKey),
    ],
    ['an unknown critical header', forge(claims, { ...header, crit: ['b64'], b64: false })],
    ['another type of token', forge(claims, { alg: 'ES256', typ: 'at+jwt' })],
    ['another issuer', forge({ ...claims, iss: 'https://evil' })],
    ['another audience', forge({ ...claims, aud: 'payroll' })],
    ['a passed expiry', forge({ ...claims, iat: seconds - 600, exp: seconds - 6 })],
    [
      'an expiry beyond all numbers',
      forge(payloadText.replace(`"exp":${seconds + 600}`, '"exp":1e400')),
    ],
    ['an expiry as text', forge({ ...claims, exp: String(seconds + 600) })],
    ['an expiry of null', forge({ ...claims, exp: null })],
    ['a negative time of issue', forge(payloadText.replace(`"iat":${seconds}`, '"iat":-1e400'))],
    ['a time of issue in the future', forge({ ...claims, iat: seconds + 60 })],
    ['not before a later time', forge({ ...claims, nbf: seconds + 60 })],
    ['not before as text', forge({ ...claims, nbf: 'now' })],
    ['a lifetime of 12 hours and a second', forge({ ...claims, exp: seconds + 12 * 3600 + 1 })],
    ['no subject', forge(without('sub'))],
    ['an empty subject', forge({ ...claims, sub: '' })],
    ['no name', forge(without('name'))],
    ['no roles', forge(without('roles'))],
    ['roles as one word', forge({ ...claims, roles: 'buyer' })],
    ['roles that are no words', forge({ ...claims, roles: [{ admin: true }] })],
    ['no facilities', forge(without('facilities'))],
    ['facilities as one word', forge({ ...claims, facilities: 'north' })],
    ['no client', forge(without('client'))],
    ['no issuer', forge(without('iss'))],
    ['no audience', forge(without('aud'))],
    ['no time of issue', forge(without('iat'))],
    ['no expiry', forge(without('exp'))],
    ['a list as payload', forge([claims])],
    ['a payload that is not JSON', forge('{')],
    [
      'a changed payload',
      forge(claims).replace(/\.[^.]+\./, `.${encode({ ...claims, roles: ['admin'] })}.`),
    ],
    ['two parts', forge(claims).split('.').slice(0, 2).join('.')],
    ['five parts', 'a.b.c.d.e'],
    ['nothing', ''],
    ['a very long one', forge({ ...claims, more: 'x'.repeat(10_000) })],
  ])('%s', async (_, token) => {
    await expect(tokens.verify(token)).rejects.toThrow(InvalidToken);
  });
});

test('the key is made once, and only its owner may read it', async () => {
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  const token = await tokens.issue(nora);
  expect((await (await at(0)).verify(token)).identity).toEqual(nora);
  const stranger = await openTokens(null, clockAt(0));
  await expect(stranger.verify(token)).rejects.toThrow(InvalidToken);
});

describe('between the processes of the hub', () => {
  const secret = 's'.repeat(32);
  const time = now.getTime();
  const signed = signIdentity(nora, secret, time);
  const unsigned = (statement: unknown) => signed.replace(/^[^.]+/, encode(statement));

  test('an identity arrives as it was sent, for a minute', () => {
    expect(verifyIdentity(signed, secret, time)).toEqual(nora);
    expect(verifyIdentity(signed, secret, time + 59_000)).toEqual(nora);
    expect(() => verifyIdentity(signed, secret, time + 66_000)).toThrow(InvalidToken);
    expect(() => verifyIdentity(signed, secret, time - 6_000)).toThrow(InvalidToken);
  });

  test.each([
    ['nothing', ''],
    ['no signature', encode({ identity: nora, until: time })],
    ['another secret', signIdentity(nora, 't'.repeat(32), time)],
    ['changed roles', unsigned({ identity: { ...nora, roles: ['admin'] }, until: time })],
    ['more after it', `${signed}.x`],
  ])('%s is refused', (_, header) => {
    expect(() => verifyIdentity(header, secret, time)).toThrow(InvalidToken);
  });
});

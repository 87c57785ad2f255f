import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { freePort } from '../../../platform/free-port.ts';

export const seconds = (): number => Math.floor(Date.now() / 1000);

export const claims = (more: Readonly<Record<string, unknown>> = {}) => ({
  sub: 'u-nora',
  iss: 'https://login.test',
  aud: 'clinic',
  iat: seconds(),
  exp: seconds() + 600,
  scope: 'hr read',
  azp: 'ward-app',
  ...more,
});

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

type Header = Readonly<Record<string, unknown>>;

/** A token with any header and payload, rightly signed with the key (ES256 or RS256 by its type). */
export const signed = (payload: unknown, key: KeyObject, header: Header = {}): string => {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const text = `${encode({ alg: isRsa ? 'RS256' : 'ES256', ...header })}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
};

/** A token signed with a shared secret. */
export const hmacSigned = (
  payload: unknown,
  secret: string | Buffer,
  header: Header = {},
): string => {
  const text = `${encode({ alg: 'HS256', ...header })}.${encode(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

export type Answering =
  | 'properly'
  | 'not at all'
  | 'with an error'
  | 'elsewhere'
  | 'nonsense'
  | 'too much';

/** A key set on a real socket, which counts who asks for it and can be told to fail. */
export const startIssuer = async () => {
  const keys = new Map<string, KeyObject>();
  const state = { asked: 0, answering: 'properly' as Answering };
  const body = (): string =>
    JSON.stringify({
      keys: [...keys].map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' })),
    });
  const server = createServer((_request, response) => {
    state.asked += 1;
    switch (state.answering) {
      case 'properly':
        return response.end(body());
      case 'not at all':
        return response.destroy();
      case 'with an error':
        return response.writeHead(500).end();
      case 'elsewhere':
        return response.writeHead(302, { location: '/keys' }).end();
      case 'nonsense':
        return response.end('{"keys":1}');
      case 'too much':
        return response.end(`{"keys":[],"more":"${'x'.repeat(1_000_000)}"}`);
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/keys`,
    keys,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

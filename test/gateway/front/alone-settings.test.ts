import { expect, test } from '@jest/globals';
import {
  describeAloneSettings,
  readAloneSettings,
  webSocketUrlOf,
} from '../../../gateway/alone-settings.ts';

test('with nothing set the gateway listens on this machine alone and shows its schema', () => {
  expect(readAloneSettings({ PORT: '', LOG_LEVEL: ' ' })).toEqual({
    ...{ supergraph: null, port: 4000, host: '127.0.0.1', production: false, operations: null },
    ...{ introspection: null, deadlineMs: 10_000, mergeFetches: true, shareSubscriptions: true },
    ...{ otlpEndpoint: null, logLevel: 'info' },
  });
});

test.each([
  ['PORT', '99999', 'PORT: "99999" is not a port from 1 to 65535.'],
  ['PORT', '0', 'PORT: "0" is not a port'],
  ['PRODUCTION', 'maybe', 'PRODUCTION: "maybe" is not 1 or 0.'],
  ['INTROSPECTION', 'perhaps', 'INTROSPECTION: "perhaps" is not 1 or 0.'],
  ['MERGE_FETCHES', 'some', 'MERGE_FETCHES: "some" is not 1 or 0.'],
  ['SHARE_SUBSCRIPTIONS', 'few', 'SHARE_SUBSCRIPTIONS: "few" is not 1 or 0.'],
  ['DEADLINE_MS', '-1', 'DEADLINE_MS: "-1" is not whole milliseconds, 1 or more.'],
  ['DEADLINE_MS', 'soon', 'DEADLINE_MS: "soon" is not whole milliseconds'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" is not one of trace, debug, info'],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'collector:4318',
    'OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" is not an address',
  ],
])('%s=%s is refused with its name, the value and what is allowed', (variable, value, message) => {
  expect(() => readAloneSettings({ [variable]: value })).toThrow(message);
});

test('all that is wrong is said at once, a line each', () => {
  expect(() => readAloneSettings({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(
    /^PORT: .*\nLOG_LEVEL: .*$/,
  );
});

test('each setting is described with its default', () => {
  expect(describeAloneSettings()).toMatch(/DEADLINE_MS +Milliseconds .* \(10000 unless set\)/);
});

test('a subgraph may speak WebSocket elsewhere, by a variable of its name', () => {
  const env = { SUBGRAPH_STOCK_2_WS_URL: 'wss://stock.test/live' };
  expect(webSocketUrlOf(env, 'stock-2')).toBe('wss://stock.test/live');
  expect(webSocketUrlOf(env, 'stock')).toBeUndefined();
  expect(() => webSocketUrlOf({ SUBGRAPH_STOCK_WS_URL: 'stock.test' }, 'stock')).toThrow(
    'SUBGRAPH_STOCK_WS_URL: "stock.test" is not an address such as ws://',
  );
});

import { describe, expect, test } from '@jest/globals';
import { BadSettings } from '../../platform/setting.ts';
import { describeSettings, readSettings } from '../../platform/settings.ts';

const long = 'x'.repeat(32);

test('with nothing set, the hub runs the demo on this machine alone', () => {
  expect(readSettings({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: '.data',
    configDir: null,
    logLevel: 'warn',
    simulation: true,
    simulationPaceMs: 30_000,
    demo: true,
    production: false,
    operationsDir: null,
    otlpEndpoint: null,
    secret: null,
  });
});

test('an empty variable counts as not set', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({
    port: 4000,
    databaseUrl: null,
  });
});

test.each([
  ['PORT', '8080', { port: 8080 }],
  ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['DATABASE_URL', 'postgres://u:p@db/hub', { databaseUrl: 'postgres://u:p@db/hub' }],
  ['SIMULATION_PACE_MS', '0', { simulationPaceMs: 0 }],
  ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ['DEMO', 'no', { demo: false }],
  ['OPERATIONS', '/srv/operations', { operationsDir: '/srv/operations' }],
  ['SIMULATION', 'false', { simulation: false }],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://c:4318', { otlpEndpoint: 'http://c:4318' }],
  ['HUB_SECRET', long, { secret: long }],
])('%s=%s is taken', (variable, value, expected) => {
  expect(readSettings({ [variable]: value })).toMatchObject(expected);
});

test.each([
  ['PORT', '70000', 'PORT: "70000" is not a port from 1 to 65535.'],
  ['PORT', '0', 'PORT: "0" is not a port from 1 to 65535.'],
  ['PORT', '40x0', 'PORT: "40x0" is not a port'],
  ['PORT', '1e3', 'PORT: "1e3" is not a port'],
  [
    'DATABASE_URL',
    'mysql://root:hunter2@db',
    'DATABASE_URL: what is given is not an address such as postgres://',
  ],
  ['SIMULATION_PACE_MS', '-1', 'SIMULATION_PACE_MS: "-1" is not whole milliseconds, 0 or more.'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" is not one of trace, debug'],
  ['DEMO', 'maybe', 'DEMO: "maybe" is not 1 or 0.'],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'c:4318',
    'OTEL_EXPORTER_OTLP_ENDPOINT: "c:4318" is not an address',
  ],
  ['HUB_SECRET', 'hunter2', 'HUB_SECRET: what is given is not at least 32 characters.'],
])('%s=%s is refused, with what is allowed and without secrets', (variable, value, message) => {
  const read = () => readSettings({ [variable]: value });
  expect(read).toThrow(BadSettings);
  expect(read).toThrow(message);
  expect(read).not.toThrow('hunter2');
});

test('everything that is wrong is said at once', () => {
  expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT: .*\nLOG_LEVEL: /);
});

describe('in production', () => {
  test('the demo and the simulation are off', () => {
    expect(readSettings({ PRODUCTION: '1', HUB_SECRET: long })).toMatchObject({
      demo: false,
      simulation: false,
    });
  });
  test.each([
    [{ DEMO: '1' }, 'DEMO=1 and PRODUCTION=1 exclude each other'],
    [{ SIMULATION: '1' }, 'SIMULATION=1 and PRODUCTION=1 exclude each other'],
    [{ HUB_SECRET: '' }, 'PRODUCTION=1 needs HUB_SECRET'],
  ])('%o is refused', (env, message) => {
    expect(() => readSettings({ PRODUCTION: '1', HUB_SECRET: long, ...env })).toThrow(message);
  });
});

test('every setting is described', () => {
  for (const { variable, description } of describeSettings()) {
    expect(variable).toMatch(/^[A-Z_]+$/);
    expect(description).toMatch(/\.$/);
  }
});

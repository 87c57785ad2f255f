import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const loggerFile = fileURLToPath(new URL('../../platform/logger.ts', import.meta.url));

/** What a process with this logger writes. */
const logged = (options: { level: string; pretty: boolean }, calls: string): string =>
  execFileSync(process.execPath, [
    '--input-type=module',
    '-e',
    `import { createLogger } from ${JSON.stringify(loggerFile)};
     const logger = createLogger(${JSON.stringify(options)}); ${calls}`,
  ]).toString();

test('a line is JSON with time, level, words and details', () => {
  const line = JSON.parse(
    logged({ level: 'info', pretty: false }, `logger.info({ system: 'sap' }, 'connected')`),
  );
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/Z$/),
    system: 'sap',
    msg: 'connected',
  });
});

test('what is below the level is not written', () => {
  expect(logged({ level: 'warn', pretty: false }, `logger.info('x'); logger.debug('y')`)).toBe('');
});

test('secrets are not written, wherever they stand', () => {
  const text = logged(
    { level: 'info', pretty: false },
    `logger.info({ password: 'hunter2', request: { headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' } }, user: { token: 'hunter2' } }, 'x')`,
  );
  expect(text).not.toContain('hunter2');
  expect(text).toContain('[redacted]');
});

test('for people, it is a line with the time in front', () => {
  expect(logged({ level: 'info', pretty: true }, `logger.warn({ n: 1 }, 'careful')`)).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} warn {2}careful n=1\n$/,
  );
});

import { pino } from 'pino';

export type Logger = pino.Logger;

/** What must never stand in a log line, wherever it appears in the logged object. */
const secrets = ['password', 'secret', 'token', 'authorization', 'cookie', 'apiKey'];
const redacted = secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

const line = (text: string): string => {
  const { level, time, msg, ...rest } = JSON.parse(text) as Record<string, unknown>;
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return `${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${msg ?? ''}${details.join('')}\n`;
};

/**
 * JSON lines on standard output, one an event; `pretty` writes them for people. The level is one of trace, debug, info,
 * warn, error, fatal and silent.
 */
export const createLogger = (options: { level: string; pretty: boolean }): Logger => {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redacted, censor: '[redacted]' },
  };
  if (!options.pretty) return pino(settings);
  return pino(settings, { write: (text: string) => void process.stdout.write(line(text)) });
};

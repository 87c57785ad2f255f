import { readFileSync } from 'node:fs';

const packageFile = new URL('../../package.json', import.meta.url);
const { scripts } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  readonly scripts: Readonly<Record<'start' | 'gateway', string>>;
};

/**
 * What `npm start` or `npm run gateway` tells V8: a young generation that does not shrink whenever there is nothing to do,
 * small in the hub, where subscribers stay, and large in the gateway alone, where answers come and go. In a bench every
 * contender is told the same, so that nobody is ahead for a flag alone.
 */
export const shippedFlags = (script: keyof typeof scripts): readonly string[] =>
  scripts[script].split(' ').filter((word) => word.startsWith('--'));

import { readFileSync } from 'node:fs';

const packageFile = new URL('../../package.json', import.meta.url);
const { scripts } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  readonly scripts: { readonly gateway: string };
};

/**
 * What `npm run gateway` tells V8. Every contender is told the same, so that nobody is ahead for a flag alone: a young
 * generation of 16 MB that does not shrink whenever there is nothing to do.
 */
export const shippedFlags = scripts.gateway.split(' ').filter((word) => word.startsWith('--'));

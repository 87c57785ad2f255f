import type { RunningPostgres } from '../../platform/embedded-postgres.ts';

/** What global-setup.ts started, for global-teardown.ts to stop; both run in jest's own process. */
export const testServer: { running?: RunningPostgres; dir?: string } = {};

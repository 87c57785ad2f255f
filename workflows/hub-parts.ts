import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Durable } from '../platform/durable.ts';
import type { Logger } from '../platform/logger.ts';
import type { HubPolicy } from './hub-policy.ts';
import type { Systems } from './systems.ts';

/** What every workflow works with. */
export interface HubParts {
  readonly durable: Durable;
  readonly database: Database;
  readonly systems: Systems;
  readonly policy: HubPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
}

import type { Database } from '../platform/database.ts';
import { SystemRefused, SystemUnavailable } from '../platform/system-error.ts';
import { recordFailure, recordSuccess } from '../platform/system-health.ts';
import type { Systems } from './systems.ts';

/** A system that goes on answering is written down this often. */
const everyMs = 2000;

interface Watch {
  readonly answered: (latencyMs: number) => void;
  readonly failed: (error: unknown) => void;
}

const watchOf = ({ db }: Database, system: string, warn: (error: unknown) => void): Watch => {
  let toldAt = 0;
  let isUp = false;
  return {
    answered: (latencyMs) => {
      if (isUp && performance.now() - toldAt < everyMs) return;
      isUp = true;
      toldAt = performance.now();
      recordSuccess(db, { system, latencyMs }).catch(warn);
    },
    failed: (error) => {
      // A refusal is an answer; only a system that does not let us in is not well.
      if (error instanceof SystemRefused && error.kind !== 'auth') return;
      if (!(error instanceof SystemUnavailable || error instanceof SystemRefused)) return;
      isUp = false;
      recordFailure(db, { system, error: error.message }).catch(warn);
    },
  };
};

/** The same port; every answer and failure of its calls is seen. What is read without a call (a document) is not. */
const watchPort = <T extends object>(port: T, watch: Watch): T =>
  new Proxy(port, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        const begun = performance.now();
        const result: unknown = Reflect.apply(member, target, given);
        if (!(result instanceof Promise)) return result;
        result.then(() => watch.answered(performance.now() - begun), watch.failed);
        return result;
      };
    },
  });

const watchAll = <T extends { readonly name: string }>(
  systems: ReadonlyMap<string, T>,
  watch: (name: string) => Watch,
): ReadonlyMap<string, T> =>
  new Map(
    [...systems].map(([name, system]) => {
      const seen = watch(name);
      const ports = Object.entries(system).map(([key, port]: [string, unknown]) => [
        key,
        typeof port === 'object' && port !== null ? watchPort(port, seen) : port,
      ]);
      return [name, { ...system, ...Object.fromEntries(ports) } as T];
    }),
  );

/** The same systems; hub.system_health is kept up to date by every call to them. */
export const watchSystems = (
  systems: Systems,
  database: Database,
  warn: (error: unknown) => void,
): Systems => {
  const watch = (name: string): Watch => watchOf(database, name, warn);
  return {
    erps: watchAll(systems.erps, watch),
    clinicals: watchAll(systems.clinicals, watch),
    tradingPartners: watchAll(systems.tradingPartners, watch),
  };
};

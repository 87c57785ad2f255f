import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HospitalAddresses, HospitalOptions } from './hospital.ts';

/** The simulated hospital as a process of its own. */
export interface HospitalProcess {
  readonly addresses: HospitalAddresses;
  /** Lets the wards ask, once the hub is ready to listen. */
  readonly begin: () => void;
  readonly stop: () => Promise<void>;
  readonly pid: number | undefined;
}

/** Starts the simulated hospital; it ends with this process. Rejects when it cannot start, with its own words. */
export const startHospitalProcess = (options: HospitalOptions): Promise<HospitalProcess> =>
  new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL('hospital.ts', import.meta.url)),
      [JSON.stringify(options)],
      {
        execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=256'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    let words = '';
    child.stderr?.on('data', (chunk) => {
      words = (words + String(chunk)).slice(-2000);
    });
    const stop = (): Promise<void> =>
      new Promise((done) => {
        if (child.exitCode !== null) return done();
        child.once('exit', () => done());
        child.kill('SIGTERM');
      });
    child.once('exit', (code) =>
      reject(new Error(`The simulated hospital ended with ${code}: ${words}`)),
    );
    child.once('message', (message) =>
      resolve({
        addresses: (message as { addresses: HospitalAddresses }).addresses,
        begin: () => child.send('begin'),
        stop,
        pid: child.pid,
      }),
    );
  });

/** Runs one after the other, never two at once; however often it is asked for during a run, one more run follows. */
export const serially = (run: () => Promise<void>): (() => void) => {
  let running = false;
  let again = false;
  const go = async (): Promise<void> => {
    running = true;
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      running = false;
    }
  };
  return () => {
    if (running) again = true;
    else void go();
  };
};

import { useEffect, useState } from 'react';
import { follow } from '../../client/follow.ts';
import { type StatusChange, statusSubscription } from './operations.ts';

/** How many changes the page shows. */
const remembered = 60;

/** What the page knows of the stream of changes. */
export interface Live {
  /** Newest first. */
  readonly changes: readonly StatusChange[];
  /** Why nothing comes at the moment; null while all is well. */
  readonly problem: string | null;
}

const lost =
  'The hub does not answer. This page goes on by itself, without a gap, as soon as it is back.';

/** What changes right now; goes on without a gap after a lost connection. */
export const useLive = (token: string): Live => {
  const [changes, setChanges] = useState<readonly StatusChange[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const url = new URL('/graphql', window.location.href).href;
    const following = follow({
      url,
      query: statusSubscription,
      token: () => token,
      onConnection: (isConnected) => setProblem(isConnected ? null : lost),
    });
    const read = async (): Promise<void> => {
      for await (const { data } of following)
        setChanges((before) => [data.documentStatusChanged, ...before].slice(0, remembered));
    };
    read().catch((error: Error) => setProblem(`${error.message}. Load this page again.`));
    return following.close;
  }, [token]);
  return { changes, problem };
};

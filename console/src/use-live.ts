import { useEffect, useState } from 'react';
import { follow } from '../../client/follow.ts';
import { type StatusChange, statusSubscription } from './operations.ts';

/** How many changes the page shows. */
const remembered = 60;

/** What changes right now, newest first; goes on without a gap after a lost connection. */
export const useLive = (token: string): readonly StatusChange[] => {
  const [changes, setChanges] = useState<readonly StatusChange[]>([]);
  useEffect(() => {
    const url = new URL('/graphql', window.location.href).href;
    const following = follow({ url, query: statusSubscription, token: () => token });
    const read = async (): Promise<void> => {
      for await (const { data } of following)
        setChanges((before) => [data.documentStatusChanged, ...before].slice(0, remembered));
    };
    // What the hub refuses for good is refused to the queries too, and the page says so there.
    read().catch(() => undefined);
    return following.close;
  }, [token]);
  return changes;
};

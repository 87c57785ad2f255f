import { GraphQLError } from 'graphql';
import type { OperationAccess } from '../execution/prepared.ts';
import type { OpenedSubscription } from './message-source.ts';
import type { Session } from './session.ts';

const rightsChanged = (): GraphQLError =>
  new GraphQLError('What you may read has changed. Subscribe again after your last cursor.', {
    extensions: { code: 'RIGHTS_CHANGED' },
  });

/**
 * Asks before each message whether the subscription still is what this session may read, and ends it when it is not. Roles
 * last as long as a session; what a policy says may change with every event.
 */
export const watchRights = (
  opened: OpenedSubscription,
  access: OperationAccess | null,
  { identity }: Session,
): OpenedSubscription => {
  if (!access?.isPersonal) return opened;
  return {
    begin: (outlet) => {
      let over = false;
      const joined = opened.begin({
        send: (payload) => {
          if (over) return;
          if (access.holdsFor(identity)) return outlet.send(payload);
          over = true;
          outlet.fail(rightsChanged());
          joined.leave();
        },
        backlog: () => outlet.backlog(),
        onDrain: (resume) => outlet.onDrain(resume),
        fail: (error) => outlet.fail(error),
        complete: () => outlet.complete(),
        disconnect: () => outlet.disconnect(),
      });
      return joined;
    },
  };
};

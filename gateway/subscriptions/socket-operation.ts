import type { SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Admitted } from '../http/admission.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import { type OperationRequest, operationInRecord } from '../http/operation-request.ts';
import type { Caller, OperationRunner } from '../http/operation-runner.ts';
import { ParkedIterator } from './parked-iterator.ts';

/** The operation of a `subscribe` message. Throws HttpRefusal for one that is larger than a body may be, or is none. */
export const operationInMessage = (payload: SubscribePayload, limit: number): OperationRequest => {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes > limit) throw HttpRefusal.tooLarge(bytes, limit);
  return operationInRecord({ ...payload });
};

/** A query or mutation that may run, and the socket that its answer goes to. */
export interface SocketOperation {
  readonly admitted: Admitted;
  readonly caller: Caller;
  readonly id: string;
  readonly socket: WebSocket;
}

/**
 * Puts the answer on the wire as text as soon as it is there. The protocol library returns the iterator when the client
 * completes the operation or leaves, which calls off what was asked of subgraphs.
 */
export const answerOverSocket = (
  operations: OperationRunner,
  { admitted, caller, id, socket }: SocketOperation,
): ParkedIterator =>
  new ParkedIterator((parked) => {
    const { answer, cancel } = operations.run(admitted, caller);
    let asked = true;
    const send = (text: string): void => {
      if (asked && socket.readyState === socket.OPEN)
        socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`);
      parked.end();
    };
    void answer.then(send);
    return () => {
      asked = false;
      cancel();
    };
  });

import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refusal } from '../errors.ts';
import { refusalText } from './respond.ts';

interface Broken {
  readonly status: string;
  readonly code: string;
  readonly message: string;
}

const brokenBy = (errorCode: string | undefined): Broken => {
  if (errorCode === 'HPE_HEADER_OVERFLOW')
    return {
      status: '431 Request Header Fields Too Large',
      code: 'HEADER_LIMIT_EXCEEDED',
      message: 'The headers are too large; the limit is 16 KB.',
    };
  if (errorCode === 'ERR_HTTP_REQUEST_TIMEOUT')
    return {
      status: '408 Request Timeout',
      code: 'REQUEST_TIMEOUT',
      message: 'The request did not arrive in time.',
    };
  return {
    status: '400 Bad Request',
    code: 'BAD_REQUEST',
    message: 'This is not HTTP.',
  };
};

/** Answers bytes that Node could not read as a request, in JSON like everything else, and closes the connection. */
export const answerBrokenRequest = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, message } = brokenBy(error.code);
  const body = refusalText([refusal(code, message)], true);
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
  // Bytes of an answer may already be on the wire; a second head would be read as part of its body.
  if ((socket as Socket).bytesWritten > 0) socket.destroy();
  else socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};

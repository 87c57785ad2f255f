import { describe, expect, test } from '@jest/globals';
import type { ResponseHead } from '../../../gateway/clients/http1/response-head.ts';
import { ResponseReader } from '../../../gateway/clients/http1/response-reader.ts';

/** What a reader makes of these bytes, given so many at a time; `ENDED` stands for the end of the connection. */
const reading = (text: string, size: number, ended = false) => {
  const reader = new ResponseReader();
  const bytes = Buffer.from(text, 'latin1');
  const heads: ResponseHead[] = [];
  const taker = {
    maxBytes: 40,
    takeHead: (head: ResponseHead) => {
      heads.push(head);
      return head.status !== 418;
    },
  };
  const bodies: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const body = reader.read(bytes.subarray(at, at + size), taker);
    if (body === 'UNWANTED') bodies.push('UNWANTED');
    else if (body !== null) bodies.push(body.toString());
    if (body === 'UNWANTED') break;
  }
  const rest = ended ? reader.endOfConnection() : null;
  return { bodies: rest === null ? bodies : [...bodies, rest.toString()], heads };
};

const ok = 'HTTP/1.1 200 OK\r\n';

describe.each([1, 2, 3, 7, 1_000])('bytes that arrive %i at a time', (size) => {
  test.each([
    ['a body of announced length', `${ok}Content-Length: 5\r\n\r\nhello`, ['hello']],
    ['no body', `${ok}content-length: 0\r\n\r\n`, ['']],
    ['no body by its status', 'HTTP/1.1 204 No Content\r\n\r\n', ['']],
    [
      'a body in chunks, with extensions and trailers',
      `${ok}Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nx: y\r\n\r\n`,
      ['hello'],
    ],
    [
      'an interim response before the one that counts',
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok}content-length: 2\r\n\r\nhi`,
      ['hi'],
    ],
    ['a response whose body nobody wants', 'HTTP/1.1 418 No\r\n\r\nxxx', ['UNWANTED']],
  ])('%s', (_, text, bodies) => {
    expect(reading(text, size).bodies).toEqual(bodies);
  });

  test('a body that ends with its connection', () => {
    expect(reading(`${ok}\r\nall of it`, size, true).bodies).toEqual(['all of it']);
  });

  test.each([
    ['a body announced over the cap', `${ok}content-length: 50\r\n\r\nhe`, 'more than 40 bytes'],
    [
      'a chunked body over the cap',
      `${ok}transfer-encoding: chunked\r\n\r\n29\r\n`,
      'more than 40',
    ],
    ['an endless body over the cap', `${ok}\r\n${'x'.repeat(41)}`, 'more than 40'],
    [
      'two ways to tell the length',
      `${ok}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      'two lengths',
    ],
    ['two lengths that differ', `${ok}content-length: 1\r\ncontent-length: 2\r\n\r\n`, '1, 2'],
    ['a negative length', `${ok}content-length: -1\r\n\r\n`, 'content-length -1'],
    ['an unknown coding', `${ok}transfer-encoding: gzip\r\n\r\n`, 'transfer-encoding gzip'],
    ['a chunk without a size', `${ok}transfer-encoding: chunked\r\n\r\nzz\r\n`, 'without a size'],
    [
      'a chunk that is longer than it says',
      `${ok}transfer-encoding: chunked\r\n\r\n1\r\nabc\r\n`,
      'does not end',
    ],
    ['a folded header', `${ok}a: b\r\n c: d\r\n\r\n`, 'without a name'],
    ['a header without a colon', `${ok}abc\r\n\r\n`, 'without a colon'],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', 'not HTTP/1.1'],
    ['a change of protocol', 'HTTP/1.1 101 Switching\r\n\r\n', 'status 101'],
    ['an endless head', `${ok}${'a: b\r\n'.repeat(3_000)}`, 'endless head'],
  ])('refuses %s', (_, text, message) => {
    expect(() => reading(text, size)).toThrow(message);
  });
});

test('refuses bytes after a response, which nobody asked for', () => {
  expect(() => reading(`${ok}content-length: 2\r\n\r\nhi!`, 1_000)).toThrow('more than');
});

test.each([
  ['HTTP/1.1 200 OK', true],
  ['HTTP/1.1 200 OK\r\nConnection: Close', false],
  ['HTTP/1.0 200 OK', false],
  ['HTTP/1.0 200 OK\r\nconnection: Keep-Alive', true],
])('after %j the connection is kept: %s', (head, keepsAlive) => {
  const { heads } = reading(`${head}\r\ncontent-length: 0\r\n\r\n`, 1_000);
  expect(heads.map((one) => one.keepsAlive)).toEqual([keepsAlive]);
});

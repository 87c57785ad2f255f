/** One `next` message on its way to one socket: bytes shared by everybody behind a beginning of its own. */
export interface Frame {
  /** ASCII, up to and with `"payload":`. */
  readonly beginning: string;
  readonly body: Buffer;
}

/** The brace that ends the message. */
const endLength = 1;

const payloadLength = ({ beginning, body }: Frame): number =>
  beginning.length + body.length + endLength;

const headLength = (payload: number): number => (payload < 126 ? 2 : payload < 65_536 ? 4 : 10);

/** Bytes of the frame on the wire. */
export const frameLength = (frame: Frame): number => {
  const payload = payloadLength(frame);
  return headLength(payload) + payload;
};

const writeHead = (into: Buffer, at: number, payload: number): void => {
  into[at] = 0x81;
  if (payload < 126) into[at + 1] = payload;
  else if (payload < 65_536) {
    into[at + 1] = 126;
    into.writeUInt16BE(payload, at + 2);
  } else {
    into[at + 1] = 127;
    into.writeUInt32BE(0, at + 2);
    into.writeUInt32BE(payload, at + 6);
  }
};

/** Writes one unmasked, final text frame of RFC 6455, section 5.2: what a server sends. Returns where it ends. */
export const writeFrame = (into: Buffer, at: number, frame: Frame): number => {
  const payload = payloadLength(frame);
  writeHead(into, at, payload);
  const start = at + headLength(payload);
  into.write(frame.beginning, start, 'latin1');
  into.set(frame.body, start + frame.beginning.length);
  const end = start + payload;
  into[end - endLength] = 0x7d;
  return end;
};

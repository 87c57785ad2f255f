/** One unmasked, final text frame of RFC 6455, section 5.2: what a server sends. The parts are joined without a copy more than needed. */
export const textFrame = (prefix: Buffer, body: Buffer, suffix: Buffer): Buffer => {
  const length = prefix.length + body.length + suffix.length;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x81;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  prefix.copy(frame, header);
  body.copy(frame, header + prefix.length);
  suffix.copy(frame, header + prefix.length + body.length);
  return frame;
};

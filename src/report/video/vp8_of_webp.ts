/**
 * The VP8 key frame inside a lossy WebP image without transparency: the payload of its `VP8 ` chunk (RFC 9649, section
 * 2.5; RFC 6386, section 9.1).
 *
 * @throws {SyntaxError} if the bytes are not a WebP, or contain no complete lossy image.
 */
export function vp8OfWebp(webp: Uint8Array): Uint8Array {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const tag = (at: number) => String.fromCharCode(...webp.subarray(at, at + 4));
  if (webp.length < 20 || tag(0) !== "RIFF" || tag(8) !== "WEBP") {
    throw new SyntaxError(
      `Cannot take a video frame from a WebP: the file must start with "RIFF" and "WEBP" and have at least 20 bytes`,
    );
  }
  for (let at = 12; at + 8 <= webp.length;) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === "VP8 ") {
      const frame = webp.subarray(at + 8, at + 8 + size);
      // Bit 0 of the frame tag is 0 in a key frame; the start code follows (RFC 6386, section 9.1).
      if (frame.length !== size || (frame[0] & 1) !== 0 || frame[3] !== 0x9d || frame[4] !== 0x01) break;
      return frame;
    }
    at += 8 + size + (size & 1); // chunks are padded to even length
  }
  throw new SyntaxError(
    "Cannot take a video frame from a WebP: it must contain a complete lossy image (chunk `VP8 `)",
  );
}

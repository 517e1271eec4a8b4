import { RadiographError } from "../guard/radiograph_error.ts";

/** Shape of the decoded frame. */
export interface RleFrame {
  pixels: number;
  samplesPerPixel: number;
  bytesPerSample: number;
}

function damaged(what: string): never {
  throw new RadiographError(`Cannot decode the RLE frame: ${what}`, {
    code: "corrupt",
    fix: "Copy or export the file again.",
  });
}

/**
 * Decodes DICOM RLE (PS3.5 annex G): a header of sixteen 32-bit integers, then one PackBits segment for each byte of
 * a pixel's samples, high byte first. Each segment must fill the plane of its byte; a run that extends beyond the
 * plane is an error, and data after a full plane is ignored.
 *
 * @returns little-endian samples, pixel by pixel: [pixels, samplesPerPixel].
 * @throws {RadiographError} `corrupt`.
 */
export function decodeRle(
  frame: Uint8Array,
  { pixels, samplesPerPixel, bytesPerSample }: RleFrame,
): Uint8Array {
  if (frame.length < 64) damaged("it is shorter than its 64-byte header");
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = view.getUint32(0, true), step = samplesPerPixel * bytesPerSample;
  if (segments !== step) damaged(`expected ${step} segments, the header has ${segments}`);
  const out = new Uint8Array(pixels * step);
  for (let s = 0; s < segments; s++) {
    const start = view.getUint32(4 + 4 * s, true);
    const end = s + 1 < segments ? view.getUint32(8 + 4 * s, true) : frame.length;
    if (start < 64 || end < start || end > frame.length) damaged(`segment ${s + 1} is outside the frame`);
    const sample = Math.floor(s / bytesPerSample), byte = bytesPerSample - 1 - s % bytesPerSample;
    unpack(frame.subarray(start, end), { out, step, first: sample * bytesPerSample + byte, segment: s + 1 });
  }
  return out;
}

/** PackBits: 0..127 copies the next n + 1 bytes, 129..255 repeats the next one 257 - n times, 128 does nothing. */
function unpack(
  data: Uint8Array,
  { out, step, first, segment }: { out: Uint8Array; step: number; first: number; segment: number },
): void {
  let to = first, at = 0;
  while (to < out.length) {
    if (at + 1 >= data.length) damaged(`segment ${segment} ends too early`);
    const code = data[at++];
    if (code === 128) continue;
    const count = code < 128 ? code + 1 : 257 - code;
    if (code < 128) {
      if (at + count > data.length) damaged(`segment ${segment} ends too early`);
      if (to + (count - 1) * step >= out.length) damaged(`segment ${segment} is too long`);
      for (let k = 0; k < count; k++, to += step) out[to] = data[at++];
    } else {
      if (to + (count - 1) * step >= out.length) damaged(`segment ${segment} is too long`);
      const value = data[at++];
      for (let k = 0; k < count; k++, to += step) out[to] = value;
    }
  }
}

import type { Samples } from "../stored/stored_image.ts";

/** Position of samples in their containers (PS3.5 8.1.1). */
export interface StoredBits {
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  signed: boolean;
}

/**
 * Extracts stored values from little-endian containers: shifts by HighBit + 1 - BitsStored, masks to BitsStored,
 * extends the sign. Other bits, such as overlays, are removed.
 *
 * @param bytes whole containers, not changed. If the containers are aligned and hold only stored bits, the result is
 * a view of `bytes`.
 */
export function storedValues(bytes: Uint8Array, bits: StoredBits): Samples {
  const { bitsAllocated, bitsStored, highBit, signed } = bits;
  const size = Math.max(1, bitsAllocated / 8);
  const aligned = bytes.byteOffset % size === 0 && bytes.buffer instanceof ArrayBuffer
    ? bytes
    : bytes.slice();
  const buffer = aligned.buffer as ArrayBuffer, length = Math.floor(aligned.byteLength / size);
  const whole = container(buffer, { offset: aligned.byteOffset, length, size, signed });
  const low = highBit + 1 - bitsStored, unused = 32 - bitsStored;
  if (bitsAllocated === 1 || (low === 0 && bitsStored === bitsAllocated)) return whole;
  if (low === 0 && !signed && allBits(whole) < 2 ** bitsStored) return whole;
  const samples = whole.slice();
  if (signed) {
    for (let i = 0; i < length; i++) samples[i] = ((samples[i] >> low) << unused) >> unused;
  } else {
    const mask = 0xffffffff >>> unused;
    for (let i = 0; i < length; i++) samples[i] = ((samples[i] >>> low) & mask) >>> 0;
  }
  return samples;
}

/** Bits that are set in at least one value. 16-bit values are read in pairs, which halves the time. */
function allBits(values: Samples): number {
  let bits = 0;
  if (values instanceof Uint16Array && values.length > 2) {
    const before = values.byteOffset % 4 / 2, pairs = (values.length - before) >> 1; // pairs must be aligned to 4 bytes
    bits = bitsOfPairs(new Int32Array(values.buffer, values.byteOffset + 2 * before, pairs));
    return bits | values[0] | values[values.length - 1];
  }
  for (let i = 0; i < values.length; i++) bits |= values[i];
  return bits >>> 0;
}

/** A separate function, because the loop above is slowed by the many array types it is called with. */
function bitsOfPairs(pairs: Int32Array): number {
  let bits = 0;
  for (let i = 0; i < pairs.length; i++) bits |= pairs[i];
  return (bits | bits >>> 16) & 0xffff;
}

function container(
  buffer: ArrayBuffer,
  { offset, length, size, signed }: { offset: number; length: number; size: number; signed: boolean },
): Samples {
  if (size === 1) {
    return signed ? new Int8Array(buffer, offset, length) : new Uint8Array(buffer, offset, length);
  }
  if (size === 2) {
    return signed ? new Int16Array(buffer, offset, length) : new Uint16Array(buffer, offset, length);
  }
  return signed ? new Int32Array(buffer, offset, length) : new Uint32Array(buffer, offset, length);
}

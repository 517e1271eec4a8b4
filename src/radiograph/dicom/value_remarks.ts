import type { Samples } from "../stored/stored_image.ts";
import type { StoredBits } from "./stored_values.ts";

/** What the remarks are made from, beside the values. */
export interface RemarkBasis extends StoredBits {
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** Bits of a container in which the header declares an overlay (60xx,0102). */
  readonly overlayBits: number;
}

/**
 * What is odd about stored values, as codes: `bits-stored` where containers hold bits beyond those that BitsStored declares (the
 * values are cut off there), `signed` where unsigned values are called signed (bright ones then turn dark).
 *
 * @param bytes the containers that `samples` were taken out of
 */
export function valueRemarks(bytes: Uint8Array, samples: Samples, basis: RemarkBasis): string[] {
  return [
    ...bitsBeyond(bytes, samples, basis) ? ["bits-stored"] : [],
    ...basis.signed && basis.samplesPerPixel === 1 && wrapsRound(samples, basis) ? ["signed"] : [],
  ];
}

/** Whether any container has a bit set that belongs neither to its value nor to a declared overlay. */
function bitsBeyond(bytes: Uint8Array, samples: Samples, basis: RemarkBasis): boolean {
  const { bitsAllocated, bitsStored, highBit, signed, overlayBits } = basis;
  if (bitsAllocated === 1 || bitsStored === bitsAllocated) return false;
  const low = highBit + 1 - bitsStored, own = (0xffffffff >>> (32 - bitsStored)) << low;
  const whole = (0xffffffff >>> (32 - bitsAllocated)) & ~overlayBits, beyond = whole & ~own;
  const containers = unsignedView(bytes, bitsAllocated);
  if (!signed) {
    let bits = 0;
    for (let i = 0; i < containers.length; i++) bits |= containers[i];
    return (bits & beyond) !== 0;
  }
  const above = beyond & ~(own | ((1 << low) - 1)), below = beyond & ~above;
  for (let i = 0; i < containers.length; i++) {
    const over = containers[i] & above;
    // A negative value may carry its sign on into the bits above it.
    if ((containers[i] & below) !== 0 || (over !== 0 && !(samples[i] < 0 && over === above))) return true;
  }
  return false;
}

function unsignedView(bytes: Uint8Array, bitsAllocated: number): Uint8Array | Uint16Array | Uint32Array {
  const size = bitsAllocated / 8;
  if (size === 1) return bytes;
  const { buffer, byteOffset, length } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return size === 2
    ? new Uint16Array(buffer, byteOffset, Math.floor(length / 2))
    : new Uint32Array(buffer, byteOffset, Math.floor(length / 4));
}

/** Values of the right sign that are read with the other one get rougher, not smoother: below this share the sign is wrong. */
const LEAST_TEAR = 0.85;

/** Neighbours that are looked at: enough to tell, few enough to cost nothing. */
const PAIRS = 200_000;

/**
 * Whether neighbouring pixels differ far less once negative values are read as the large unsigned ones they may have been: a film
 * is smooth, and reading it with the wrong sign tears it wherever it passes half of its range.
 */
function wrapsRound(samples: Samples, { bitsStored, columns }: RemarkBasis): boolean {
  const span = 2 ** bitsStored, rows = Math.floor(samples.length / columns);
  const every = Math.max(1, Math.ceil(rows * columns / PAIRS));
  let asSigned = 0, asUnsigned = 0;
  for (let row = 0; row < rows; row += every) {
    for (let i = row * columns + 1; i < (row + 1) * columns; i++) {
      const a = samples[i - 1], b = samples[i];
      asSigned += Math.abs(b - a);
      asUnsigned += Math.abs((b < 0 ? b + span : b) - (a < 0 ? a + span : a));
    }
  }
  return asUnsigned < LEAST_TEAR * asSigned;
}

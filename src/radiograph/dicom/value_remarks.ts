import type { Samples } from "../stored/stored_image.ts";
import type { StoredBits } from "./stored_values.ts";

/** Header values that {@linkcode valueRemarks} needs. */
export interface RemarkBasis extends StoredBits {
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** Bits of a container in which the header declares an overlay (60xx,0102). */
  readonly overlayBits: number;
  /** Whether the header says that the data are synthetic. */
  readonly synthetic: boolean;
}

/**
 * Codes for what is unusual about a film, in this order: `synthetic` if the header says that no patient was imaged,
 * `bits-stored` if containers hold bits beyond those declared in BitsStored (the extra bits are removed), `signed` if
 * values declared as signed are probably unsigned (bright areas then appear dark).
 *
 * @param bytes the containers that `samples` were extracted from
 */
export function valueRemarks(bytes: Uint8Array, samples: Samples, basis: RemarkBasis): string[] {
  return [
    ...basis.synthetic ? ["synthetic"] : [],
    ...bitsBeyond(bytes, samples, basis) ? ["bits-stored"] : [],
    ...basis.signed && basis.samplesPerPixel === 1 && wrapsRound(samples, basis) ? ["signed"] : [],
  ];
}

/** Whether any container has a bit set that is neither part of its value nor of a declared overlay. */
function bitsBeyond(bytes: Uint8Array, samples: Samples, basis: RemarkBasis): boolean {
  const { bitsAllocated, bitsStored, highBit, signed, overlayBits } = basis;
  if (bitsAllocated === 1 || bitsStored === bitsAllocated) return false;
  const low = highBit + 1 - bitsStored, valueBits = (0xffffffff >>> (32 - bitsStored)) << low;
  const whole = (0xffffffff >>> (32 - bitsAllocated)) & ~overlayBits, beyond = whole & ~valueBits;
  const containers = unsignedView(bytes, bitsAllocated);
  if (!signed) {
    let bits = 0;
    for (let i = 0; i < containers.length; i++) bits |= containers[i];
    return (bits & beyond) !== 0;
  }
  const above = beyond & ~(valueBits | ((1 << low) - 1)), below = beyond & ~above;
  for (let i = 0; i < containers.length; i++) {
    const over = containers[i] & above;
    // A negative value may be sign-extended into the bits above it.
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

/**
 * The declared sign is wrong if reading the values as unsigned reduces the differences between neighbours to less
 * than this share.
 */
const WRONG_SIGN_SHARE = 0.85;

/**
 * Approximate maximum number of neighbouring pairs that are compared; enough for a reliable answer at negligible cost.
 */
const PAIRS = 200_000;

/**
 * Whether neighbouring pixels differ far less if negative values are read as large unsigned ones. Films are smooth;
 * with the wrong sign, values jump wherever they cross the middle of the range.
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
  return asUnsigned < WRONG_SIGN_SHARE * asSigned;
}

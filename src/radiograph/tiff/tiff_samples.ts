import type { TiffLayout } from "./tiff_layout.ts";

/**
 * Converts the bytes of a block to samples: swaps bytes, undoes prediction (TIFF 6.0 section 14; Adobe Technical Note 3
 * for floating point) and unpacks samples that do not consist of whole bytes.
 *
 * @returns values of shape [height, blockColumns, blockChannels]
 */
export function blockSamples(
  bytes: Uint8Array,
  { layout, height }: { layout: TiffLayout; height: number },
): ArrayLike<number> {
  const { bits, sampleFormat, predictor, blockColumns, blockChannels } = layout;
  const perRow = blockColumns * blockChannels, rowBytes = Math.ceil(perRow * bits / 8);
  if (bits % 8 !== 0) return unpackBits(bytes, { layout, height, perRow, rowBytes });
  const size = bits / 8;
  if (predictor === 3) undoFloat(bytes, { perRow, rowBytes, height, size, channels: blockChannels });
  const swap = predictor === 3 ? true : !layout.little;
  const aligned = swap ? swapped(bytes, size) : bytes.slice();
  const buffer = aligned.buffer as ArrayBuffer, count = perRow * height;
  const unsigned = size === 1
    ? new Uint8Array(buffer, 0, count)
    : size === 2
    ? new Uint16Array(buffer, 0, count)
    : size === 4
    ? new Uint32Array(buffer, 0, count)
    : null;
  if (predictor === 2 && unsigned) {
    for (let row = 0; row < height; row++) {
      for (let i = blockChannels; i < perRow; i++) {
        unsigned[row * perRow + i] += unsigned[row * perRow + i - blockChannels];
      }
    }
  }
  if (sampleFormat === 3) {
    if (size === 2) return new Float16Array(buffer, 0, count);
    return size === 4 ? new Float32Array(buffer, 0, count) : new Float64Array(buffer, 0, count);
  }
  if (sampleFormat === 2) {
    return size === 1
      ? new Int8Array(buffer, 0, count)
      : size === 2
      ? new Int16Array(buffer, 0, count)
      : new Int32Array(buffer, 0, count);
  }
  return unsigned!;
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < out.length; i++) out[i] = bytes[i - i % size + size - 1 - i % size];
  return out;
}

/** Reverses the order of the bits in every byte. */
export function reversedBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    let reversed = 0;
    for (let bit = 0; bit < 8; bit++) reversed |= (byte >> bit & 1) << (7 - bit);
    return reversed;
  });
}

/** Unpacks samples that do not consist of whole bytes, high bit first. Every row starts on a byte boundary. */
function unpackBits(
  bytes: Uint8Array,
  { layout, height, perRow, rowBytes }: {
    layout: TiffLayout;
    height: number;
    perRow: number;
    rowBytes: number;
  },
): Uint16Array | Int16Array {
  const { bits, sampleFormat, predictor, blockChannels } = layout,
    out = new Uint16Array(perRow * height),
    mask = 2 ** bits - 1,
    unused = 16 - bits;
  for (let row = 0; row < height; row++) {
    let held = 0, have = 0, at = row * rowBytes;
    for (let i = 0; i < perRow; i++) {
      while (have < bits) {
        held = (held << 8 | bytes[at++]) & 0xffffff;
        have += 8;
      }
      const to = row * perRow + i;
      out[to] = held >> (have - bits) & mask;
      if (predictor === 2 && i >= blockChannels) out[to] = out[to] + out[to - blockChannels] & mask;
      have -= bits;
    }
  }
  if (sampleFormat !== 2) return out;
  const signed = new Int16Array(out.buffer);
  return signed.map((value) => value << 16 + unused >> 16 + unused);
}

/**
 * Undoes floating-point prediction: sums byte differences along the row, then joins the byte planes, high byte first.
 */
function undoFloat(
  bytes: Uint8Array,
  { perRow, rowBytes, height, size, channels }: {
    perRow: number;
    rowBytes: number;
    height: number;
    size: number;
    channels: number;
  },
): void {
  const row = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const line = bytes.subarray(y * rowBytes, (y + 1) * rowBytes);
    for (let i = channels; i < rowBytes; i++) line[i] += line[i - channels];
    for (let i = 0; i < perRow; i++) for (let b = 0; b < size; b++) row[i * size + b] = line[b * perRow + i];
    line.set(row);
  }
}

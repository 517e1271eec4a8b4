import { joinBytes } from "../array/join_bytes.ts";
import { type HuffmanCode, huffmanCode } from "./huffman_code.ts";

/** An 8-bit greyscale image. */
export interface JpegPicture {
  widthPx: number;
  heightPx: number;
  samples: Uint8Array; // [heightPx, widthPx]
}

/** Quantisation table at quality 50, row by row (ITU-T T.81, table K.1). */
// deno-fmt-ignore
const STEPS = [
  16, 11, 10, 16, 24, 40, 51, 61,  12, 12, 14, 19, 26, 58, 60, 55,  14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62,  18, 22, 37, 56, 68, 109, 103, 77,  24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101,  72, 92, 95, 98, 112, 100, 103, 99,
];
/** Position in the block of the k-th coefficient in zigzag order (figure A.6). */
const ZIGZAG = Uint8Array.from({ length: 64 }, (_, place) => place).sort((a, b) => {
  const [i, j] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  return i - j || (i % 2 === 0 ? (a & 7) - (b & 7) : (a >> 3) - (b >> 3));
});

/**
 * AC coefficients smaller than this, in quantisation steps, become 0. A value slightly above 0.5 saves bytes and adds
 * little error.
 */
const KEEP_FROM = 0.56;

/**
 * Encodes a greyscale JPEG (ITU-T T.81, baseline, Huffman tables optimised for the image). The same image gives the
 * same bytes.
 *
 * The library sharp is not used: for heads as the page shows them, this encoder needs 12 to 16 % fewer bytes than
 * libjpeg with optimised Huffman tables, at the same error; mozjpeg's settings save bytes at the cost of a larger
 * error (`bench/page/encoders.ts`). A page contains some thousand heads in 12 MB.
 *
 * @param options.quality 1 to 100, on libjpeg's scale. @default {80}
 * @throws {TypeError} if the number of samples is not widthPx x heightPx.
 * @throws {RangeError} if a size or the quality is out of range.
 */
export function encodeJpeg(
  { widthPx, heightPx, samples }: JpegPicture,
  { quality = 80 }: { quality?: number } = {},
): Uint8Array<ArrayBuffer> {
  if (samples.length !== widthPx * heightPx) {
    throw new TypeError(
      `Cannot encode a JPEG: ${widthPx} x ${heightPx} samples are expected, got ${samples.length}`,
    );
  }
  if (
    !(quality >= 1 && quality <= 100) ||
    !(widthPx >= 1 && widthPx < 65536 && heightPx >= 1 && heightPx < 65536)
  ) {
    throw new RangeError(
      `Cannot encode a JPEG: quality must be 1 to 100 and sizes 1 to 65535, got ${quality}, ${widthPx} x ${heightPx}`,
    );
  }
  const share = quality < 50 ? 50 / quality : 2 - quality / 50;
  const steps = STEPS.map((step) => Math.min(255, Math.max(1, Math.round(step * share))));
  const blocks = frequencies({ widthPx, heightPx, samples }, steps); // [blocks, 64], in zigzag order
  const words = symbolWords(blocks), counts = new Uint32Array(512);
  for (let i = 0; i < words.length; i++) counts[words[i] >>> 16]++;
  const codes = [huffmanCode(counts.subarray(0, 256)), huffmanCode(counts.subarray(256))] as const;
  const header = [
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array.from(ZIGZAG, (place) => steps[place])]),
    ...segment(0xc0, [8, heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...codes[0].counts, ...codes[0].symbols]),
    ...segment(0xc4, [0x10, ...codes[1].counts, ...codes[1].symbols]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
  ];
  return joinBytes([Uint8Array.from(header), scan(words, codes), Uint8Array.of(0xff, 0xd9)]);
}

function segment(marker: number, body: number[]): number[] {
  return [0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body];
}

/** Quantised coefficients of every block. Beyond the border the last row and column are repeated. */
function frequencies({ widthPx, heightPx, samples }: JpegPicture, steps: number[]): Int16Array {
  const across = Math.ceil(widthPx / 8), down = Math.ceil(heightPx / 8);
  const out = new Int16Array(across * down * 64), block = new Float64Array(64);
  // The transform scales each coefficient by 8 times the product of its row's and its column's factor.
  const factors = Float64Array.from(
    { length: 8 },
    (_, k) => k === 0 ? 1 : Math.SQRT2 * Math.cos(k * Math.PI / 16),
  );
  const shares = Float64Array.from(
    ZIGZAG,
    (place) => 1 / (8 * steps[place] * factors[place >> 3] * factors[place & 7]),
  );
  for (let by = 0, to = 0; by < down; by++) {
    for (let bx = 0; bx < across; bx++, to += 64) {
      for (let i = 0; i < 64; i++) {
        const x = Math.min(widthPx - 1, 8 * bx + (i & 7)), y = Math.min(heightPx - 1, 8 * by + (i >> 3));
        block[i] = samples[y * widthPx + x] - 128;
      }
      for (let row = 0; row < 64; row += 8) transform(block, row, 1);
      for (let column = 0; column < 8; column++) transform(block, column, 8);
      for (let k = 0; k < 64; k++) {
        const value = block[ZIGZAG[k]] * shares[k], size = Math.abs(value);
        const kept = k > 0 && size < KEEP_FROM ? 0 : size + 0.5 | 0;
        out[to + k] = value < 0 ? -kept : kept;
      }
    }
  }
  return out;
}

/**
 * Eight-point cosine transform in place, with five multiplications (Arai, Agui and Nakajima 1988, Trans IEICE
 * E71:1095).
 */
function transform(v: Float64Array, at: number, step: number): void {
  const [i1, i2, i3, i4] = [at + step, at + 2 * step, at + 3 * step, at + 4 * step];
  const [i5, i6, i7] = [at + 5 * step, at + 6 * step, at + 7 * step];
  const a0 = v[at] + v[i7], a7 = v[at] - v[i7], a1 = v[i1] + v[i6], a6 = v[i1] - v[i6];
  const a2 = v[i2] + v[i5], a5 = v[i2] - v[i5], a3 = v[i3] + v[i4], a4 = v[i3] - v[i4];
  const b0 = a0 + a3, b3 = a0 - a3, b1 = a1 + a2, b2 = (a1 - a2 + b3) * Math.SQRT1_2;
  v[at] = b0 + b1;
  v[i4] = b0 - b1;
  v[i2] = b3 + b2;
  v[i6] = b3 - b2;
  const c4 = a4 + a5, c6 = a6 + a7, turn = (c4 - c6) * 0.3826834323650898;
  const c2 = 0.541196100146197 * c4 + turn, c8 = 1.3065629648763766 * c6 + turn;
  const c5 = (a5 + a6) * Math.SQRT1_2, d7 = a7 + c5, d5 = a7 - c5;
  v[i5] = d5 + c2;
  v[i3] = d5 - c2;
  v[i1] = d7 + c8;
  v[i7] = d7 - c8;
}

/**
 * The sequence of Huffman symbols that encodes the blocks (section F.1.2). The upper half of each word is the symbol,
 * plus 256 if it belongs to the AC table. The lower half is the extra bits that follow it; the symbol's low four bits
 * give their number.
 */
function symbolWords(blocks: Int16Array): Uint32Array {
  const out = new Uint32Array(blocks.length + 4 * (blocks.length >> 6));
  let n = 0;
  for (let at = 0, before = 0; at < blocks.length; at += 64) {
    const difference = blocks[at] - before;
    before = blocks[at];
    out[n++] = bitsOf(difference) << 16 | tail(difference);
    let zeros = 0;
    for (let k = 1; k < 64; k++) {
      const value = blocks[at + k];
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) out[n++] = (256 | 0xf0) << 16;
      out[n++] = (256 | zeros << 4 | bitsOf(value)) << 16 | tail(value);
      zeros = 0;
    }
    if (zeros > 0) out[n++] = 256 << 16;
  }
  return out.subarray(0, n);
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

/** The extra bits of a value of known size: the value itself, or the value minus 1 if it is negative. */
function tail(value: number): number {
  return (value < 0 ? value - 1 : value) & (1 << bitsOf(value)) - 1;
}

/** The entropy-coded bytes. Each byte 0xff is followed by 0x00; the last byte is padded with ones. */
function scan(words: Uint32Array, [dc, ac]: readonly [HuffmanCode, HuffmanCode]): Uint8Array {
  const out = new Uint8Array(8 * words.length + 2); // at most 27 bits per word, and each byte may take two
  let at = 0, held = 0, bits = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i], symbol = word >>> 16 & 255, follow = symbol & 15;
    const { codes, lengths } = word >>> 24 ? ac : dc;
    for (let part = 0; part < 2; part++) {
      const count = part === 0 ? lengths[symbol] : follow;
      held = held << count | (part === 0 ? codes[symbol] : word & 0xffff);
      bits += count;
      while (bits >= 8) {
        bits -= 8;
        const byte = held >>> bits & 255;
        out[at++] = byte;
        if (byte === 255) out[at++] = 0;
      }
    }
  }
  if (bits > 0) {
    out[at++] = held << 8 - bits | (1 << 8 - bits) - 1;
    if (out[at - 1] === 255) out[at++] = 0; // otherwise a decoder would take it for part of the end marker
  }
  return out.subarray(0, at);
}

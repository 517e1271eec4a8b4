import { crc32, deflateSync } from "node:zlib";

/** Whole-number samples, ready to be written. */
export interface PngPicture {
  widthPx: number;
  heightPx: number;
  /** 1 grey, 3 red-green-blue (8 bits only). @default {1} */
  channels?: 1 | 3;
  /** 8-bit samples as bytes, 16-bit samples as words. */
  samples: Uint8Array | Uint16Array; // [heightPx, widthPx, channels]
}

/** How the file is written. */
export interface PngOptions {
  /** Deflate level, 1 (fast) to 9 (small). @default {6} */
  level?: number;
  /** Pixel size for the pHYs chunk, [between rows, between columns] in mm; none is written without it. */
  pixelSpacingMm?: readonly [number, number] | null;
}

/**
 * Encodes a PNG (ISO/IEC 15948:2004): grey of 8 or 16 bits, or 8-bit colour, every row with the Paeth filter.
 * The same picture and options give the same bytes.
 *
 * @throws {TypeError} if the samples do not fill the picture.
 * @throws {RangeError} if a size or the level is out of range.
 */
export function encodePng(
  { widthPx, heightPx, channels = 1, samples }: PngPicture,
  { level = 6, pixelSpacingMm = null }: PngOptions = {},
): Uint8Array<ArrayBuffer> {
  const wide = samples instanceof Uint16Array;
  if (samples.length !== widthPx * heightPx * channels || (wide && channels === 3)) {
    throw new TypeError(
      `Cannot encode a PNG: ${widthPx} x ${heightPx} x ${channels} samples are wanted, got ${samples.length}` +
        (wide && channels === 3 ? " of 16 bits in colour" : ""),
    );
  }
  if (!(level >= 1 && level <= 9) || !(widthPx >= 1) || !(heightPx >= 1)) {
    throw new RangeError(
      `Cannot encode a PNG: level 1 to 9, sizes from 1, got ${level}, ${widthPx} x ${heightPx}`,
    );
  }
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([wide ? 16 : 8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  const bytes = wide ? bigEndian(samples) : samples as Uint8Array;
  const pixelBytes = channels * (wide ? 2 : 1);
  const filtered = filterRows(bytes, { rowBytes: widthPx * pixelBytes, heightPx, pixelBytes });
  const chunks = [chunk("IHDR", header)];
  if (pixelSpacingMm) chunks.push(chunk("pHYs", physical(pixelSpacingMm)));
  chunks.push(chunk("IDAT", deflateSync(filtered, { level })), chunk("IEND", new Uint8Array(0)));
  return join([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks]);
}

/** 16-bit words, high byte first. */
function bigEndian(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 2);
  for (let i = 0; i < words.length; i++) {
    bytes[2 * i] = words[i] >> 8;
    bytes[2 * i + 1] = words[i];
  }
  return bytes;
}

/** Each row's filter byte (4) and its bytes less their Paeth prediction (section 9.4). */
function filterRows(
  bytes: Uint8Array,
  { rowBytes, heightPx, pixelBytes }: { rowBytes: number; heightPx: number; pixelBytes: number },
): Uint8Array {
  const out = new Uint8Array((rowBytes + 1) * heightPx); // [heightPx, 1 + rowBytes]
  for (let y = 0, at = 0, to = 0; y < heightPx; y++) {
    out[to++] = 4;
    for (let i = 0; i < rowBytes; i++, at++) {
      const a = i >= pixelBytes ? bytes[at - pixelBytes] : 0;
      const b = y > 0 ? bytes[at - rowBytes] : 0;
      const c = i >= pixelBytes && y > 0 ? bytes[at - rowBytes - pixelBytes] : 0;
      const pa = Math.abs(b - c), pb = Math.abs(a - c), pc = Math.abs(a + b - 2 * c);
      out[to++] = bytes[at] - (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
    }
  }
  return out;
}

/** pHYs: pixels per metre along x, then y (section 11.3.5.3). */
function physical([rowsMm, columnsMm]: readonly [number, number]): Uint8Array {
  const data = new Uint8Array(9), view = new DataView(data.buffer);
  view.setUint32(0, Math.round(1000 / columnsMm));
  view.setUint32(4, Math.round(1000 / rowsMm));
  data[8] = 1;
  return data;
}

/** Length, name, data, check sum (section 5.3). */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length), view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = name.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

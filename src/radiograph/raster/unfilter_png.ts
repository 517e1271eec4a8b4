import { RadiographError } from "../guard/radiograph_error.ts";

/** Layout of the scan lines. */
export interface PngLayout {
  columns: number;
  rows: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  depth: number;
  channels: number;
  interlaced: boolean;
}

/** Adam7 (ISO/IEC 15948:2004, 8.2): first column, first row, column step and row step of every pass. */
const adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [
  0,
  1,
  1,
  2,
]];

/** An interlace pass: a smaller image whose pixels are `dx`, `dy` apart in the full one. */
interface Pass {
  x: number;
  y: number;
  dx: number;
  dy: number;
  columns: number;
  rows: number;
  rowBytes: number;
}

/**
 * Converts scan lines to samples: undoes the line filters (ISO/IEC 15948:2004, 9.2), unpacks samples of fewer than 8
 * bits, places the pixels of interlace passes.
 *
 * @param inflate decompresses the scan lines to at most `maxBytes` bytes. Fewer bytes are an error.
 * @returns [rows, columns, channels], 16-bit integers if `depth` is 16.
 * @throws {RadiographError} `truncated`, or `corrupt` if a line has an unknown filter.
 */
export function unfilterPng(
  inflate: (maxBytes: number) => Uint8Array,
  layout: PngLayout,
): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const { columns, rows, depth, channels, interlaced } = layout;
  const passes = (interlaced ? adam7 : [[0, 0, 1, 1]]).map(([x, y, dx, dy]): Pass => {
    const width = Math.ceil((columns - x) / dx), height = Math.ceil((rows - y) / dy);
    return { x, y, dx, dy, columns: width, rows: height, rowBytes: Math.ceil(width * channels * depth / 8) };
  }).filter((pass) => pass.columns > 0 && pass.rows > 0);
  const need = passes.reduce((n, { rows, rowBytes }) => n + rows * (1 + rowBytes), 0);
  const lines = inflate(need);
  if (lines.length !== need) {
    throw new RadiographError(
      `Cannot read the PNG: ${need} bytes of scan lines are needed, got ${lines.length}`,
      {
        code: "truncated",
        fix: "Copy or export the file again.",
      },
    );
  }
  const count = columns * rows * channels;
  const out = depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  const pixelBytes = Math.max(1, channels * depth / 8);
  let at = 0;
  for (const pass of passes) {
    for (let row = 0; row < pass.rows; row++) {
      unfilter(lines, { at: at + 1, rowBytes: pass.rowBytes, pixelBytes, first: row === 0 });
      place(lines.subarray(at + 1, at + 1 + pass.rowBytes), { out, row, pass, layout });
      at += 1 + pass.rowBytes;
    }
  }
  return out;
}

/** Unfilters one line in place. The line above it starts `rowBytes` + 1 bytes earlier. */
function unfilter(
  lines: Uint8Array,
  { at, rowBytes, pixelBytes, first }: { at: number; rowBytes: number; pixelBytes: number; first: boolean },
): void {
  const kind = lines[at - 1], back = rowBytes + 1, end = at + rowBytes;
  if (kind === 0) return;
  if (kind === 1) {
    for (let i = at + pixelBytes; i < end; i++) lines[i] += lines[i - pixelBytes];
  } else if (kind === 2) {
    if (!first) { for (let i = at; i < end; i++) lines[i] += lines[i - back]; }
  } else if (kind === 3) {
    for (let i = at; i < end; i++) {
      const left = i >= at + pixelBytes ? lines[i - pixelBytes] : 0;
      lines[i] += (left + (first ? 0 : lines[i - back])) >> 1;
    }
  } else if (kind === 4) {
    if (first) { for (let i = at + pixelBytes; i < end; i++) lines[i] += lines[i - pixelBytes]; }
    else addPaeth(lines, { at, end, back, pixelBytes });
  } else {
    throw new RadiographError(`Cannot read the PNG: line filters must be 0 to 4, got ${kind}`, {
      code: "corrupt",
      fix: "Copy or export the file again.",
    });
  }
}

/** Undoes filter 4 (Paeth; ISO/IEC 15948:2004, 9.4) of a line that is not the first. */
function addPaeth(
  lines: Uint8Array,
  { at, end, back, pixelBytes }: { at: number; end: number; back: number; pixelBytes: number },
): void {
  for (let i = at; i < Math.min(end, at + pixelBytes); i++) lines[i] += lines[i - back];
  // Each byte position of a pixel is processed separately, so the byte to the left stays in a register.
  for (let start = at; start < at + pixelBytes; start++) {
    let a = lines[start], c = lines[start - back];
    for (let i = start + pixelBytes; i < end; i += pixelBytes) {
      const b = lines[i - back], ab = b - c, ac = a - c, abc = ab + ac;
      const pa = (ab ^ ab >> 31) - (ab >> 31), pb = (ac ^ ac >> 31) - (ac >> 31);
      const pc = (abc ^ abc >> 31) - (abc >> 31);
      // isA has all bits set if a is nearest to the prediction, isB if b is nearer than c. These masks replace
      // branches, which would often be mispredicted on noisy images.
      const isA = (pa - pb - 1 & pa - pc - 1) >> 31, isB = pb - pc - 1 >> 31;
      a = lines[i] = lines[i] + (a & isA | (b & isB | c & ~isB) & ~isA) & 255;
      c = b;
    }
  }
}

/** Writes one line's samples to their positions in the image. */
function place(
  line: Uint8Array,
  { out, row, pass, layout }: { out: Uint8Array | Uint16Array; row: number; pass: Pass; layout: PngLayout },
): void {
  const { depth, channels, columns } = layout, { x, y, dx, dy } = pass;
  const start = ((y + row * dy) * columns + x) * channels;
  if (depth === 8 && dx === 1) {
    out.set(line, start);
    return;
  }
  if (depth === 16 && dx === 1) {
    for (let i = 0, to = start; i < line.length; i += 2) out[to++] = line[i] << 8 | line[i + 1];
    return;
  }
  const mask = (1 << depth) - 1, perByte = 8 / depth;
  for (let i = 0; i < pass.columns; i++) {
    for (let c = 0; c < channels; c++) {
      const k = i * channels + c;
      out[start + i * dx * channels + c] = depth === 16
        ? line[2 * k] << 8 | line[2 * k + 1]
        : depth === 8
        ? line[k]
        : line[Math.floor(k / perByte)] >> (8 - depth - (k % perByte) * depth) & mask;
    }
  }
}

import { unpackZstd } from "../../platform/platform.ts";
import { inflateCapped } from "../guard/inflate_capped.ts";
import { RadiographError } from "../guard/radiograph_error.ts";

function damaged(message: string, code: "corrupt" | "truncated" = "corrupt"): never {
  throw new RadiographError(`Cannot read the TIFF: ${message}`, {
    code,
    fix: "Copy or export the file again.",
  });
}

/**
 * Decompresses a strip or tile to at most `maxBytes`. Deflate or Zstandard data that contains more bytes is an error;
 * with other compressions the bytes beyond `maxBytes` are dropped.
 *
 * @param compression TIFF tag 259: 1 none, 5 LZW, 8 and 32946 deflate, 32773 PackBits, 50000 Zstandard.
 * @throws {RadiographError} `corrupt`, `truncated`, `too-large`, or `unsupported-format` for other compressions.
 */
export function unpackBlock(
  block: Uint8Array,
  { compression, maxBytes }: { compression: number; maxBytes: number },
): Uint8Array {
  switch (compression) {
    case 1:
      return block.slice(0, maxBytes);
    case 5:
      return lzw(block, maxBytes);
    case 8:
    case 32946:
      return inflateCapped(block, { maxBytes, what: "TIFF data" });
    case 32773:
      return packBits(block, maxBytes);
    case 50000:
      try {
        return unpackZstd(block, { maxBytes });
      } catch (cause) {
        throw new RadiographError("Cannot read the TIFF: its Zstandard data is damaged or too long", {
          code: "corrupt",
          fix: "Copy or export the file again.",
          cause,
        });
      }
    default:
      throw new RadiographError(
        `Cannot read the TIFF: compression must be none, LZW, deflate, PackBits, Zstandard or JPEG, got ${compression}`,
        { code: "unsupported-format", fix: "Save the film again without compression, or as PNG." },
      );
  }
}

/** PackBits (TIFF 6.0 section 9). */
function packBits(data: Uint8Array, maxBytes: number): Uint8Array {
  const out = new Uint8Array(maxBytes);
  let to = 0;
  for (let at = 0; at < data.length && to < maxBytes;) {
    const code = data[at++];
    if (code === 128) continue;
    const count = Math.min(code < 128 ? code + 1 : 257 - code, maxBytes - to);
    if (code < 128) {
      if (at + count > data.length) damaged("its PackBits data ends too early", "truncated");
      out.set(data.subarray(at, at + count), to);
      at += code + 1;
    } else out.fill(data[at++], to, to + count);
    to += count;
  }
  return out.subarray(0, to);
}

/**
 * LZW (TIFF 6.0 section 13): codes of 9 to 12 bits, high bit first. Their width grows one code earlier than necessary
 * ("early change"). 256 clears the table, 257 ends the data.
 */
function lzw(data: Uint8Array, maxBytes: number): Uint8Array {
  const out = new Uint8Array(maxBytes);
  const start = new Int32Array(4096), length = new Int32Array(4096).fill(1, 0, 256); // entries are ranges of `out`
  let to = 0, next = 258, width = 9, bits = 0, held = 0, previous = -1;
  for (let at = 0; to < maxBytes;) {
    while (held < width) {
      if (at >= data.length) return out.subarray(0, to);
      bits = (bits << 8 | data[at++]) & 0xffffff;
      held += 8;
    }
    const code = bits >> (held - width) & (1 << width) - 1;
    held -= width;
    if (code === 257) break;
    if (code === 256) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || next > 4096) damaged("its LZW data is damaged");
    const at0 = to, whole = code < 256 ? 1 : code < next ? length[code] : length[previous] + 1;
    const from = code < 256 ? -1 : code < next ? start[code] : at0 - length[previous];
    for (let k = 0; k < whole && to < maxBytes; k++) out[to++] = from < 0 ? code : out[from + k];
    if (previous >= 0 && next < 4096) {
      start[next] = at0 - length[previous];
      length[next] = length[previous] + 1;
      next++;
    }
    previous = code;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return out.subarray(0, to);
}

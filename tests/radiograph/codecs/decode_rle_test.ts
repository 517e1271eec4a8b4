import { assertEquals, assertThrows } from "@std/assert";
import { decodeRle } from "../../../src/radiograph/codecs/decode_rle.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";

/** A frame of the given PackBits segments. */
function frame(...segments: number[][]): Uint8Array {
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  let at = 64;
  segments.forEach((segment, i) => {
    header.setUint32(4 + 4 * i, at, true);
    at += segment.length;
  });
  return new Uint8Array([...new Uint8Array(header.buffer), ...segments.flat()]);
}

Deno.test("decodeRle: literal runs, repeats and no-ops; high bytes come first in the file and last in memory", () => {
  // Six words: high bytes 1 1 1 1 2 3 (repeat 4, literal 2), low bytes 9 8 7 7 7 7 (literal 2, no-op, repeat 4).
  const bytes = decodeRle(frame([253, 1, 1, 2, 3], [1, 9, 8, 128, 253, 7]), {
    pixels: 6,
    samplesPerPixel: 1,
    bytesPerSample: 2,
  });
  assertEquals([...new Uint16Array(bytes.buffer)], [0x109, 0x108, 0x107, 0x107, 0x207, 0x307]);
});

Deno.test("decodeRle: colour planes are interleaved", () => {
  const bytes = decodeRle(frame([1, 1, 2], [1, 3, 4], [1, 5, 6]), {
    pixels: 2,
    samplesPerPixel: 3,
    bytesPerSample: 1,
  });
  assertEquals([...bytes], [1, 3, 5, 2, 4, 6]);
});

Deno.test("decodeRle: segments that are too short, too long, outside the frame, or too many are errors", () => {
  const shape = { pixels: 4, samplesPerPixel: 1, bytesPerSample: 1 };
  const refused = (bytes: Uint8Array, message: string) =>
    assertThrows(() => decodeRle(bytes, shape), RadiographError, message);
  refused(new Uint8Array(10), "shorter than its 64-byte header");
  refused(frame([1, 1, 2]), "segment 1 ends too early");
  refused(frame([3, 1, 2]), "segment 1 ends too early");
  refused(frame([251, 9]), "segment 1 is too long");
  refused(frame([3, 1, 2, 3, 4], [0, 0]), "expected 1 segments, the header has 2");
  const outside = frame([253, 7]);
  new DataView(outside.buffer).setUint32(4, 9999, true);
  refused(outside, "segment 1 is outside the frame");
});

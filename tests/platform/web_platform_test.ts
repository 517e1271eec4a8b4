import { assert, assertEquals, assertThrows } from "@std/assert";
import { zstdCompressSync } from "node:zlib";
import { deflateRawSync } from "node:zlib";
import * as native from "../../src/platform/platform.ts";
import * as web from "../../src/platform/web_platform.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import type { InflateError } from "../../src/platform/inflate_error.ts";

/** Bytes with runs and noise, as films have. */
function someBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const prng = seededPrng(seed);
  return Uint8Array.from({ length }, (_, i) => i % 700 < 350 ? i >> 4 : 256 * prng());
}

Deno.test("web platform: exports every name of the native one", () => {
  const missing = Object.keys(native).filter((name) => !(name in web));
  assertEquals(missing, []);
});

Deno.test("web platform: checksums equal the native ones, for many lengths", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 1000, 100_003]) {
    const bytes = someBytes(length, length);
    assertEquals(web.crc32(bytes), native.crc32(bytes), `crc32 of ${length}`);
    assertEquals(web.sha256(bytes), native.sha256(bytes), `sha256 of ${length}`);
  }
});

Deno.test("web platform: each platform inflates what the other deflates", () => {
  const bytes = someBytes(200_000, 1);
  for (const [from, to] of [[web, native], [native, web], [web, web]]) {
    const packed = from.deflate(bytes, { level: 6 });
    assert(packed.length < bytes.length);
    assertEquals(to.inflate(packed, { maxBytes: bytes.length, raw: false }), bytes);
  }
});

Deno.test("web platform: inflate reports the same errors for bad data as the native one", () => {
  const bytes = someBytes(5000, 2),
    zlib = native.deflate(bytes, { level: 6 }),
    stored = native.deflate(bytes, { level: 0 });
  const wrongSum = zlib.slice();
  wrongSum[wrongSum.length - 1] ^= 1;
  const cases: [string, Uint8Array, { maxBytes: number; raw: boolean }][] = [
    ["whole", zlib, { maxBytes: 5000, raw: false }],
    ["one byte more", zlib, { maxBytes: 4999, raw: false }],
    ["one byte more, stored", stored, { maxBytes: 4999, raw: false }],
    ["wrong check sum", wrongSum, { maxBytes: 5000, raw: false }],
    ["no header", Uint8Array.of(9, 9, 9, 9, 9, 9, 9), { maxBytes: 5000, raw: false }],
    ["raw", new Uint8Array(deflateRawSync(bytes)), { maxBytes: 5000, raw: true }],
    ["raw, cut", new Uint8Array(deflateRawSync(bytes)).slice(0, -9), { maxBytes: 5000, raw: true }],
    ["raw, damaged", Uint8Array.of(0xff, 0xff, 0xff), { maxBytes: 5000, raw: true }],
    ["empty", new Uint8Array(0), { maxBytes: 10, raw: true }],
  ];
  const outcome = (platform: typeof native | typeof web, [, data, options]: (typeof cases)[number]) => {
    try {
      return platform.sha256(platform.inflate(data, options));
    } catch (error) {
      return (error as InflateError).reason;
    }
  };
  for (const each of cases) assertEquals(outcome(web, each), outcome(native, each), each[0]);
});

Deno.test("web platform: Zstandard data is decompressed by both; one byte too many is an error", () => {
  const bytes = someBytes(50_000, 3), packed = new Uint8Array(zstdCompressSync(bytes));
  for (const platform of [native, web]) {
    assertEquals(platform.unpackZstd(packed, { maxBytes: 50_000 }), bytes);
    assertThrows(() => platform.unpackZstd(packed, { maxBytes: 49_999 }));
  }
});

Deno.test("web platform: package files come from the provided function", async () => {
  web.providePackageFiles((name, file) => Promise.resolve(new TextEncoder().encode(`${name}/${file}`)));
  assertEquals(new TextDecoder().decode(await web.packageFile("a", "b")), "a/b");
  web.providePackageFiles(undefined);
  assertThrows(() => web.packageFile("a", "b"), Error, "must call providePackageFiles first");
});

import { assertEquals, assertRejects } from "@std/assert";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { plainTiff } from "./every_container.ts";

/** A tag of a TIFF directory: number, field type (3 of 16 bits, 4 of 32), values. */
type Tag = readonly [tag: number, type: 3 | 4, values: readonly number[]];

/**
 * A little-endian TIFF of one strip that holds `data`; `tags` add or replace tags, `without` removes some, `pages` are
 * additional directories.
 */
function tiff(
  data: Uint8Array,
  tags: readonly Tag[],
  { without = [] as number[], pages = [] as Tag[][] } = {},
) {
  const first = new Map<number, Tag>(
    ([[259, 3, [1]], [262, 3, [1]], [273, 4, [8]], [277, 3, [1]], [279, 4, [data.length]], ...tags] as Tag[])
      .map((tag) => [tag[0], tag]),
  );
  without.forEach((tag) => first.delete(tag));
  const directories = [[...first.values()], ...pages].map((each) => each.toSorted((a, b) => a[0] - b[0]));
  const size = directories.reduce((sum, each) => sum + 6 + 12 * each.length, 8 + data.length);
  const out = new Uint8Array(size), view = new DataView(out.buffer);
  out.set([0x49, 0x49, 42, 0]);
  out.set(data, 8);
  let at = 8 + data.length;
  view.setUint32(4, at, true);
  directories.forEach((each, page) => {
    view.setUint16(at, each.length, true);
    each.forEach(([tag, type, [value]], i) => {
      view.setUint16(at + 2 + 12 * i, tag, true);
      view.setUint16(at + 4 + 12 * i, type, true);
      view.setUint32(at + 6 + 12 * i, 1, true);
      view.setUint32(at + 10 + 12 * i, value, true);
    });
    const end = at + 2 + 12 * each.length;
    view.setUint32(end, page + 1 < directories.length ? end + 4 : 0, true);
    at = end + 4;
  });
  return out;
}

const shape = (columns: number, rows: number, bits: number): Tag[] => [
  [256, 4, [columns]],
  [257, 4, [rows]],
  [258, 3, [bits]],
  [278, 4, [rows]],
];
const stored = async (bytes: Uint8Array) => (await parseStored(bytes)).samples;

Deno.test("samples of 6 and 12 bits: every row starts on a byte boundary; signed values keep their sign", async () => {
  // 12 bits: 0x123 0xFFE 0x800, padded to five bytes; then the row again.
  const row = [0x12, 0x3f, 0xfe, 0x80, 0x00], data = Uint8Array.from([...row, ...row]);
  assertEquals(
    await stored(tiff(data, shape(3, 2, 12))),
    Uint16Array.of(0x123, 0xffe, 0x800, 0x123, 0xffe, 0x800),
  );
  const signed = await stored(tiff(data, [...shape(3, 2, 12), [339, 3, [2]]]));
  assertEquals(signed, Int16Array.of(0x123, -2, -2048, 0x123, -2, -2048));
  const six = Uint8Array.of(0b00000111, 0b11101000, 0b00000000);
  assertEquals(await stored(tiff(six, shape(3, 1, 6))), Uint8Array.of(1, 62, 32));
  assertEquals(await stored(tiff(six, [...shape(3, 1, 6), [339, 3, [2]]])), Int8Array.of(1, -2, -32));
});

Deno.test("bits from low to high (FillOrder 2) are reversed", async () => {
  assertEquals(
    await stored(tiff(Uint8Array.of(0b10000000, 0b01000000), [...shape(2, 1, 8), [266, 3, [2]]])),
    Uint8Array.of(1, 2),
  );
});

Deno.test("16-bit floating-point samples are read", async () => {
  const data = new Uint8Array(Float16Array.of(0.5, -2, 1024).buffer);
  assertEquals(await stored(tiff(data, [...shape(3, 1, 16), [339, 3, [3]]])), Float32Array.of(0.5, -2, 1024));
});

Deno.test("a predictor that does not fit the samples is rejected", async () => {
  const cases = [[2, 64, 3], [2, 4, 1], [3, 16, 1], [4, 8, 1]];
  for (const [predictor, bits, sampleFormat] of cases) {
    const tags: Tag[] = [...shape(2, 1, bits), [317, 3, [predictor]], [339, 3, [sampleFormat]]];
    await assertRejects(
      () => parseStored(tiff(new Uint8Array(16), tags)),
      RadiographError,
      `got ${predictor} with ${bits} bits of sample format ${sampleFormat}`,
    );
  }
});

Deno.test("a strip without a byte count, or with the byte count 0, extends to the end of the file", async () => {
  const data = Uint8Array.of(1, 2, 3, 4);
  assertEquals(await stored(tiff(data, shape(2, 2, 8), { without: [279] })), data);
  assertEquals(await stored(tiff(data, [...shape(2, 2, 8), [279, 4, [0]]])), data);
});

Deno.test("pages are counted without thumbnails and masks, and a loop ends the count", async () => {
  const data = Uint8Array.of(1, 2, 3, 4),
    pages = (list: Tag[][]) => tiff(data, shape(2, 2, 8), { pages: list });
  const count = async (bytes: Uint8Array) => (await parseStored(bytes)).facts.pages;
  assertEquals(await count(pages([])), 1);
  assertEquals(await count(pages([shape(2, 2, 8), [[254, 4, [1]]], [[254, 4, [4]]], [[254, 4, [2]]]])), 3);
  const loop = pages([shape(2, 2, 8)]), view = new DataView(loop.buffer);
  view.setUint32(loop.length - 4, view.getUint32(4, true), true);
  assertEquals(await count(loop), 2);
  const plain = plainTiff({ words: Uint16Array.of(1, 2), widthPx: 2, heightPx: 1, bitsStored: 16 });
  assertEquals(await count(plain), 1);
});

Deno.test("reduced-resolution pages and masks are skipped wherever they are; a file of nothing else gives its first page", async () => {
  const data = Uint8Array.of(9, 1, 2, 3, 4); // a thumbnail of one pixel, then a film of four
  const page = (kind: Tag[], [columns, rows]: number[], at: number): Tag[] => [
    ...kind,
    ...shape(columns, rows, 8),
    ...[[259, 3, [1]], [262, 3, [1]], [273, 4, [at]], [277, 3, [1]], [279, 4, [columns * rows]]] as Tag[],
  ];
  const film = page([], [2, 2], 9), thumbnail: Tag[] = [[254, 4, [1]]], mask: Tag[] = [[254, 4, [4]]];
  for (const kind of [thumbnail, mask, [[255, 3, [2]]] as Tag[]]) {
    const bytes = tiff(data, [...kind, ...shape(1, 1, 8)], { pages: [film] });
    const { samples, facts } = await parseStored(bytes);
    assertEquals([[...samples], facts.pages], [[1, 2, 3, 4], 1]);
  }
  assertEquals([
    ...await stored(tiff(data, [...thumbnail, ...shape(1, 1, 8)], { pages: [page(mask, [2, 2], 9)] })),
  ], [9]);
});

Deno.test("XResolution and YResolution give the pixel aspect; for an image rotated by 90 degrees it is inverted", async () => {
  const aspect = async (x: number, y: number, orientation = 1) => {
    const tags: Tag[] = [...shape(2, 2, 8), [282, 3, [x]], [283, 3, [y]], [274, 3, [orientation]]];
    return (await parseStored(tiff(Uint8Array.of(1, 2, 3, 4), tags))).facts.pixelAspect;
  };
  assertEquals(await aspect(150, 150), 1);
  assertEquals(await aspect(150, 120), 1.25);
  assertEquals(await aspect(150, 120, 6), 0.8);
  assertEquals(await aspect(0, 120), 1);
});

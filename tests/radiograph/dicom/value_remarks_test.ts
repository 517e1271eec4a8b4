import { assertEquals } from "@std/assert";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { type Element, film } from "../make_dicom.ts";

const words = (
  values: number[],
): Element => ["7FE00010", "OW", new Uint8Array(Uint16Array.from(values).buffer)];
const us = (tag: string, value: number): Record<string, Element> => ({ [tag]: [tag, "US", value] });
const remarks = async (changes: Record<string, Element>) =>
  (await parseRadiograph(film(changes))).remarks ?? [];

/** 64 x 64 values of 10 bits that rise smoothly through the whole range, along every row. */
const slope = words(Array.from({ length: 4096 }, (_, i) => Math.round((i % 64) * 1023 / 63)));
const square = { ...us("00280010", 64), ...us("00280011", 64), ...us("00280101", 10), ...us("00280102", 9) };

Deno.test("bits beyond BitsStored are reported and removed", async () => {
  assertEquals(await remarks({}), []);
  assertEquals(await remarks({ ...us("00280101", 11), ...us("00280102", 10) }), ["bits-stored"]);
  const cut = await parseRadiograph(film({ ...us("00280101", 8), ...us("00280102", 7) }));
  assertEquals([...cut.pixels], [0, 1000 & 255, 2000 & 255, 3000 & 255, 4000 & 255, 255]);
  assertEquals(cut.remarks, ["bits-stored"]);
});

Deno.test("an overlay in the upper bits gives no remark if the header declares it at the right bit", async () => {
  const overlaid = { "7FE00010": words([0, 0x8000 | 5, 2, 3, 4, 5]) };
  assertEquals(await remarks(overlaid), ["bits-stored"]);
  assertEquals(await remarks({ ...overlaid, ...us("60000100", 16), ...us("60000102", 15) }), []);
  assertEquals(await remarks({ ...overlaid, ...us("60000100", 16), ...us("60000102", 14) }), ["bits-stored"]);
});

Deno.test("signed values give no remark, whether or not they are sign-extended into the unused bits; other extra bits do", async () => {
  const signed = us("00280103", 1);
  assertEquals(await remarks({ ...signed, "7FE00010": words([0, -1, -2048, 2047, -5, 5]) }), []);
  assertEquals(await remarks({ ...signed, "7FE00010": words([0, 0x0fff, 0x0800, 2047, 1, 5]) }), []);
  assertEquals(await remarks({ ...signed, "7FE00010": words([0, 0x3fff, 0, 0, 0, 0]) }), ["bits-stored"]);
});

Deno.test("unsigned values declared as signed are reported; signed values that pass through 0 are not", async () => {
  assertEquals(await remarks({ ...square, "7FE00010": slope }), []);
  assertEquals(await remarks({ ...square, ...us("00280103", 1), "7FE00010": slope }), ["signed"]);
  const around = words(Array.from({ length: 4096 }, (_, i) => Math.round((i % 64) * 1023 / 63) - 512));
  assertEquals(await remarks({ ...square, ...us("00280103", 1), "7FE00010": around }), []);
});

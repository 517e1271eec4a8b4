import { assert, assertEquals } from "@std/assert";
import { crc32 } from "node:zlib";
import { encodePng } from "../../../src/image/encode_png.ts";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../../src/radiograph/parse_stored.ts";
import { judgeAspect } from "../../../src/radiograph/values/square_pixels.ts";
import { type Element, film } from "../make_dicom.ts";

/** A disc of radius 12 in a square image of side 40, stored with pixels that are `aspect` times as high as wide. */
function disc(aspect: number): { rows: number; values: Uint16Array } {
  const rows = Math.round(40 / aspect);
  const values = Uint16Array.from({ length: 40 * rows }, (_, i) => {
    const x = i % 40 - 19.5, y = (Math.floor(i / 40) + 0.5) * aspect - 20;
    return Math.hypot(x, y) < 12 ? 1000 : 100;
  });
  return { rows, values };
}

/** Extent of the bright pixels. */
function extent(
  { widthPx, heightPx, pixels }: { widthPx: number; heightPx: number; pixels: ArrayLike<number> },
) {
  const on = (at: number) => pixels[at] > 550;
  const row = Math.floor(heightPx / 2) * widthPx, column = Math.floor(widthPx / 2);
  const wide = Array.from({ length: widthPx }, (_, x) => on(row + x)).filter(Boolean).length;
  const high = Array.from({ length: heightPx }, (_, y) => on(y * widthPx + column)).filter(Boolean).length;
  return { wide, high };
}

function dicomDisc(aspect: number, changes: Record<string, Element>): Uint8Array {
  const { rows, values } = disc(aspect);
  return film({
    "00280010": ["00280010", "US", rows],
    "00280011": ["00280011", "US", 40],
    "7FE00010": ["7FE00010", "OW", new Uint8Array(values.buffer)],
    ...changes,
  });
}

const ways: Record<string, (aspect: number) => Record<string, Element>> = {
  PixelSpacing: (aspect) => ({ "00280030": ["00280030", "DS", `${0.2 * aspect}\\0.2`] }),
  ImagerPixelSpacing: (aspect) => ({ "00181164": ["00181164", "DS", `${0.2 * aspect}\\0.2`] }),
  NominalScannedPixelSpacing: (aspect) => ({ "00182010": ["00182010", "DS", `${0.2 * aspect}\\0.2`] }),
  PixelAspectRatio: (aspect) => ({ "00280034": ["00280034", "IS", `${Math.round(100 * aspect)}\\100`] }),
};

Deno.test("a disc stored with non-square pixels is round after reading, whichever tag gives the aspect", async () => {
  for (const [name, changes] of Object.entries(ways)) {
    for (const aspect of [0.8, 1.25]) {
      const read = await parseRadiograph(dicomDisc(aspect, changes(aspect)));
      const { wide, high } = extent(read), of = `${name} ${aspect}`;
      assert(Math.abs(wide - 24) <= 1 && Math.abs(high - 24) <= 1, `${of}: ${wide} x ${high}`);
      assertEquals([read.widthPx, read.heightPx], [40, 40], of);
      assertEquals(read.remarks, ["resampled"], of);
      if (name !== "PixelAspectRatio") assertEquals(read.pixelSpacingMm, [0.2, 0.2], of);
    }
  }
});

Deno.test("resampling changes neither the stored values nor their hash", async () => {
  const bytes = dicomDisc(1.25, ways.PixelSpacing(1.25)), square = dicomDisc(1.25, {});
  assertEquals((await parseStored(bytes)).samples, (await parseStored(square)).samples);
  const [read, same] = [await parseRadiograph(bytes), await parseRadiograph(square)];
  assertEquals(read.storedSha256, same.storedSha256);
  assertEquals([same.heightPx, same.remarks, same.pixelAspect], [32, undefined, undefined]);
  assertEquals([read.heightPx, read.pixelAspect], [40, 1.25]);
});

Deno.test("padding is resampled together with the pixels", async () => {
  const padded = { ...ways.PixelSpacing(1.25), "00280120": ["00280120", "US", 100] as Element };
  const { padding, pixels, widthPx } = await parseRadiograph(dicomDisc(1.25, padded));
  assertEquals(padding!.length, pixels.length);
  const middle = 20 * widthPx + 20;
  assertEquals([padding![0], padding![middle]], [1, 0]);
});

Deno.test("a PNG's pHYs gives the pixel aspect with and without a unit, and the pixel spacing only with a unit", async () => {
  const { rows, values } = disc(1.25);
  const plain = encodePng({ widthPx: 40, heightPx: rows, samples: values });
  const physical = (x: number, y: number, unit: number) => {
    const chunk = new Uint8Array(21), view = new DataView(chunk.buffer);
    view.setUint32(0, 9);
    chunk.set(new TextEncoder().encode("pHYs"), 4);
    view.setUint32(8, x);
    view.setUint32(12, y);
    chunk[16] = unit;
    view.setUint32(17, crc32(chunk.subarray(4, 17)));
    return Uint8Array.from([...plain.subarray(0, 33), ...chunk, ...plain.subarray(33)]);
  };
  const metres = await parseRadiograph(physical(5000, 4000, 1)),
    ratio = await parseRadiograph(physical(5, 4, 0));
  assertEquals([metres.heightPx, metres.pixelSpacingMm], [40, [0.2, 0.2]]);
  assertEquals([ratio.heightPx, ratio.pixelSpacingMm, ratio.spacingSource], [40, null, "none"]);
  assertEquals((await parseRadiograph(physical(5, 5, 0))).heightPx, rows);
});

Deno.test("an implausible pixel aspect is ignored with a remark", async () => {
  assertEquals(["square", "resample", "odd", "odd", "odd"], [1.001, 1.1, 1000, 0, NaN].map(judgeAspect));
  const read = await parseRadiograph(dicomDisc(1, ways.PixelSpacing(1000)));
  assertEquals([read.heightPx, read.remarks], [40, ["odd-pixels"]]);
});

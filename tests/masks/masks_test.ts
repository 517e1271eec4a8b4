import { assert, assertEquals, assertThrows } from "@std/assert";
import { boxMask, type SidedMask } from "../../src/masks/boxed_mask.ts";
import { decodeCoco, encodeCoco } from "../../src/masks/coco.ts";
import { headsOfMap, labelMap } from "../../src/masks/label_map.ts";
import { decodeLabelMe, encodeLabelMe } from "../../src/masks/label_me.ts";
import { maskPolygon } from "../../src/masks/mask_polygon.ts";
import { decodeRuns, encodeRuns } from "../../src/masks/mask_runs.ts";
import { decodeNifti, encodeNifti } from "../../src/masks/nifti.ts";
import { decodeNrrd, encodeNrrd } from "../../src/masks/nrrd.ts";
import { polygonMask } from "../../src/masks/polygon_mask.ts";

const FILM = { widthPx: 60, heightPx: 40 };

/** A disc with a notch, in its own box. */
function disc(cx: number, cy: number, radius: number): ReturnType<typeof boxMask> & object {
  const bits = Uint8Array.from({ length: FILM.widthPx * FILM.heightPx }, (_, i) => {
    const x = i % FILM.widthPx - cx, y = Math.floor(i / FILM.widthPx) - cy;
    return Math.hypot(x, y) <= radius && !(x > 3 && y < -2) ? 1 : 0;
  });
  return boxMask(bits, FILM)!;
}

const HEADS: SidedMask[] = [{ side: "right", ...disc(14, 20, 9) }, { side: "left", ...disc(44, 18, 11) }];

Deno.test("masks: runs, polygons, label maps, NRRD, NIfTI, LabelMe and COCO restore the same pixels", () => {
  for (const head of HEADS) {
    assertEquals(decodeRuns(encodeRuns(head)), { boxPx: head.boxPx, mask: head.mask });
    assertEquals(polygonMask(maskPolygon(head), FILM), { boxPx: head.boxPx, mask: head.mask });
  }
  const map = labelMap(HEADS, FILM);
  assertEquals(headsOfMap(map), HEADS);
  assertEquals(decodeNrrd(encodeNrrd(map)), map);
  assertEquals(decodeNifti(encodeNifti(map)), map);
  assertEquals(decodeLabelMe(JSON.parse(encodeLabelMe(HEADS, { ...FILM, name: "a.png" }))).heads, HEADS);
  assertEquals(
    decodeCoco(JSON.parse(encodeCoco([{ name: "a.png", ...FILM, heads: HEADS }])))[0].heads,
    HEADS,
  );
});

Deno.test("masks: NRRD axes with the opposite direction are flipped, and big-endian values are read", () => {
  const map = labelMap(HEADS, FILM), nrrd = encodeNrrd(map);
  const text = String.fromCharCode(...nrrd).replace("(1,0,0) (0,1,0)", "(-1,0,0)(0,1,0)");
  const flipped = decodeNrrd(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  assertEquals(flipped.labels[20 * 60 + 59 - 14], 1);
  const slicer = new TextEncoder().encode(
    "NRRD0004\ntype: short\ndimension: 2\nsizes: 2 1\nendian: big\nencoding: raw\n\n\0\0\0\x02",
  );
  assertEquals([...decodeNrrd(slicer).labels], [0, 2]);
});

Deno.test("masks: COCO run-length masks are read, compressed or not", () => {
  const runs = [3, 2, 1, 2, 1];
  const film = (counts: unknown) => ({
    images: [{ id: 1, file_name: "a", width: 3, height: 3 }],
    annotations: [{ image_id: 1, category_id: 1, segmentation: { size: [3, 3], counts } }],
    categories: [{ id: 1, name: "Right" }],
  });
  const [{ heads: [plain] }] = decodeCoco(film(runs));
  assertEquals([plain.side, plain.boxPx, [...plain.mask]], ["right", { x: 1, y: 0, width: 2, height: 2 }, [
    1,
    1,
    1,
    1,
  ]]);
  const [{ heads: [packed] }] = decodeCoco(film("32100"));
  assertEquals(packed, plain);
});

Deno.test("masks: an NRRD type that is not numeric is rejected, even if it is the name of a JavaScript property", () => {
  for (const type of ["block", "toString", "constructor", "__proto__", ""]) {
    const nrrd = new TextEncoder().encode(`NRRD0004\ntype: ${type}\nsizes: 1 1\nencoding: raw\n\n\0`);
    assertThrows(() => decodeNrrd(nrrd), SyntaxError, `float or double (got ${type})`);
  }
});

Deno.test("masks: invalid runs and files of other formats give an error; a polygon outside the film gives no mask", () => {
  assertThrows(() => decodeRuns({ box: [0, 0, 2, 2], runs: [1, 2] }), SyntaxError, "fill its box");
  assertThrows(() => decodeRuns({ box: [0, 0, 2, 2], runs: [-1, 5] }), SyntaxError);
  assertThrows(() => decodeNrrd(new TextEncoder().encode("PNG\n\n")), SyntaxError, "must begin with NRRD");
  assertThrows(() => decodeNifti(new Uint8Array(400)), SyntaxError, "NIfTI-1");
  assertThrows(
    () => decodeLabelMe({ shapes: [{ points: [[1, 1]] }], imageWidth: 4, imageHeight: 4 }),
    SyntaxError,
  );
  assertThrows(() => decodeCoco({}), SyntaxError, "images and annotations");
  const nrrd = (size: number) =>
    new TextEncoder().encode(`NRRD0004\ntype: uchar\nsizes: ${size} ${size}\nencoding: raw\n\n`);
  assertThrows(() => decodeNrrd(nrrd(20_000)), RangeError, "1 to 100000000 pixels (got 20000 x 20000)");
  assertThrows(() => decodeNrrd(nrrd(20)), RangeError, "must have 400 bytes of values (got 0)");
  assert(polygonMask([[-9, -9], [-8, -9], [-8, -8]], FILM) === null);
});

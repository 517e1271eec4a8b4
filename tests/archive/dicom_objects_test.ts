import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { decimalString, type DicomObject } from "../../src/archive/dicom_object.ts";
import { dicomUid } from "../../src/archive/dicom_uid.ts";
import { derivedFilm } from "../../src/archive/derived_film.ts";
import type { ExportedHead, ExportFacts } from "../../src/archive/film_object.ts";
import { measurementReport } from "../../src/archive/measurement_report.ts";
import { segmentationObject } from "../../src/archive/segmentation_object.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import type { Radiograph } from "../../src/types.ts";
import { conformanceErrors, hasDciodvfy, hasDsrdump, hasHighdicom, peerPython } from "./peers.ts";
import { runPeer } from "./run_peer.ts";

const facts: ExportFacts = { version: "0.0.0", at: new Date("2026-01-02T03:04:05Z") };
const widthPx = 53, heightPx = 41; // 2173 bits per frame, so the second frame starts within a byte

function radiographOf(pixels: Radiograph["pixels"], spaced = true): Radiograph {
  return {
    kind: "radiograph",
    widthPx,
    heightPx,
    pixels,
    padding: null,
    bitsStored: 12,
    pixelSpacingMm: spaced ? [0.143, 0.143] : null,
    spacingSource: spaced ? "PixelSpacing" : "none",
    headerSide: "unknown",
    facing: "front",
    storedSha256: "00",
  };
}

const grey = Uint16Array.from({ length: widthPx * heightPx }, (_, i) => (i * 31) % 4096);

function discAt(cx: number, cy: number, radius: number): Uint8Array {
  return Uint8Array.from(
    { length: widthPx * heightPx },
    (_, i) => Math.hypot(i % widthPx - cx, Math.floor(i / widthPx) - cy) < radius ? 1 : 0,
  );
}

const heads: ExportedHead[] = [
  { ...head("right", 12.123456789012345, 20), percentileInterval: [0, 3.25] },
  { ...head("left", 40, 21.5), quality: ["low-contrast", "from-behind"], outOfDomain: true },
];

function head(side: "right" | "left", x: number, y: number): ExportedHead {
  return {
    headId: `h-${side}`,
    side,
    centerPx: [x, y],
    radiusPx: 9.25,
    radiusMm: 1.32275,
    distance: Math.PI * x,
    percentile: 57.52212389380531,
    percentileInterval: [47.8, 66.7],
    residual: 2.8,
    outOfDomain: false,
    quality: [],
    mask: discAt(x, y, 9.25),
  };
}

function objectsOf(radiograph: Radiograph): { film: DicomObject; seg: DicomObject; sr: DicomObject } {
  const { film, object } = derivedFilm(radiograph, { id: "f1", patient: "p1", facts });
  const seg = segmentationObject(film, { heads, facts });
  const basis = { reference: "113 heads of älteren Hüften", models: { "unet.onnx": "0".repeat(64) } };
  return { film: object, seg, sr: measurementReport(film, { heads, segmentation: seg, basis, facts }) };
}

async function written(
  objects: ReturnType<typeof objectsOf>,
  use: (paths: Record<string, string>) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    const paths: Record<string, string> = {};
    for (const [name, { bytes }] of Object.entries(objects)) {
      paths[name] = `${folder}/${name}.dcm`;
      await Deno.writeFile(paths[name], bytes);
    }
    await use(paths);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("the same film and heads give identical bytes; other outlines give another UID; a Segmentation without heads is an error", () => {
  const [a, b] = [objectsOf(radiographOf(grey)), objectsOf(radiographOf(grey))];
  for (const kind of ["film", "seg", "sr"] as const) {
    assertEquals(sha256(a[kind].bytes), sha256(b[kind].bytes));
  }
  const { film } = derivedFilm(radiographOf(grey), { id: "f1", patient: "p1", facts });
  const moved = heads.map((each) => ({ ...each, mask: discAt(20, 20, 5) }));
  assert(segmentationObject(film, { heads: moved, facts }).sopInstanceUid !== a.seg.sopInstanceUid);
  assertThrows(() => segmentationObject(film, { heads: [], facts }), RangeError, "at least one head");
});

Deno.test("parseStored restores the pixels of an exported film and the masks of its Segmentation exactly", async () => {
  const { film, seg } = objectsOf(radiographOf(grey));
  const read = await parseStored(film.bytes);
  assertEquals([read.columns, read.rows, read.bitsStored, read.facts.facing], [
    widthPx,
    heightPx,
    12,
    "front",
  ]);
  assertEquals([...read.samples], [...grey]);
  const masks = await parseStored(seg.bytes);
  assertEquals([masks.frames, masks.columns, masks.rows], [2, widthPx, heightPx]);
  heads.forEach(({ mask }, i) =>
    assertEquals([...masks.samples.subarray(i * mask.length, (i + 1) * mask.length)], [...mask])
  );
});

Deno.test("derivedFilm: floating-point pixels are scaled to 16 bits", async () => {
  const { film } = objectsOf(radiographOf(Float32Array.from(grey, (v) => v / 100 - 7), false));
  const { samples, bitsStored, facts } = await parseStored(film.bytes);
  assertEquals([bitsStored, Math.min(...samples), Math.max(...samples)], [16, 0, 65535]);
  assertEquals(facts.pixelSpacingMm, null);
});

Deno.test("decimal strings have a relative error of at most 1e-8 and at most 16 characters; UIDs have the form 2.25.NUMBER", () => {
  for (const value of [Math.PI, -1e-9 / 3, 123456789.123456789, 1e21, 0]) {
    const text = decimalString(value);
    assert(text.length <= 16 && Math.abs(Number(text) - value) <= 1e-8 * Math.abs(value), text);
  }
  assertThrows(() => decimalString(NaN), RangeError);
  for (const text of ["a", "b", ""]) assert(/^2\.25\.[1-9]\d{0,38}$/.test(dicomUid(text)));
});

Deno.test({
  name:
    "dciodvfy finds no error in film, Segmentation and Structured Report, with and without a pixel spacing",
  ignore: !hasDciodvfy,
  async fn() {
    for (const radiograph of [radiographOf(grey), radiographOf(Float32Array.from(grey), false)]) {
      await written(objectsOf(radiograph), async (paths) => {
        for (const path of Object.values(paths)) assertEquals(await conformanceErrors(path), []);
      });
    }
  },
});

Deno.test({
  name:
    "dsrdump reads the report and prints its title, side, distance, unit, statement on research use and umlauts",
  ignore: !hasDsrdump,
  async fn() {
    await written(objectsOf(radiographOf(grey)), async ({ sr }) => {
      const { code, out } = (await runPeer("dsrdump", ["+Pl", sr]))!;
      assertEquals(code, 0);
      for (
        const text of [
          "Comprehensive SR Document",
          '"Imaging Measurement Report"',
          '"Laterality")=(24028007,SCT,"Right")',
          '"Mahalanobis distance from healthy")="38.0869627',
          "{pixels},UCUM",
          "Research and teaching only",
          "älteren Hüften",
        ]
      ) assertStringIncludes(out, text);
    });
  },
});

Deno.test({
  name: "pydicom and highdicom read the masks and values that were written",
  ignore: !hasHighdicom,
  async fn() {
    await written(objectsOf(radiographOf(grey)), async ({ film, seg, sr }) => {
      const script = new URL("../fixtures/archive/read_back.py", import.meta.url).pathname;
      const { code, out, err } = (await runPeer(peerPython, [script, seg, sr, film]))!;
      assertEquals(code, 0, err);
      const read = JSON.parse(out.trim().split("\n").at(-1)!);
      assertEquals(read.schemes, [["99CAPUT", "Caput measurements of the femoral head"]]);
      assertEquals([read.film.sha256, read.film.patientName], [sha256(new Uint8Array(grey.buffer)), ""]);
      heads.forEach((each, i) => {
        assertEquals(read.segments[i].sha256, sha256(each.mask));
        assertEquals(read.segments[i].label, `${each.side} femoral head`);
        const { values, sides, trackingUid, segmentation, frame } = read.groups[i];
        assertEquals([sides, frame], [[each.side === "right" ? "Right" : "Left"], [i + 1]]);
        assertEquals([trackingUid, segmentation], [read.segments[i].trackingUid, read.uid]);
        assertEquals(values["center-column"], [each.centerPx[0], "{pixels}", "UCUM"]);
        assertEquals(values["center-row"], [each.centerPx[1], "{pixels}", "UCUM"]);
        assertEquals(values.Radius, [each.radiusMm, "mm", "UCUM"]);
        assertEquals(values.distance, [each.distance, "1", "UCUM"]);
        assertEquals(values.percentile, [each.percentile, "%", "UCUM"]);
        assertEquals(
          [values["percentile-low"][0], values["percentile-high"][0]],
          [...each.percentileInterval],
        );
        assertEquals(values.residual, [each.residual, "1", "UCUM"]);
      });
    });
  },
});

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { segmentationObject } from "../../../src/archive/segmentation_object.ts";
import { headOfOutline } from "../../../src/desk/head_of_outline.ts";
import { MASK_FORMATS, type OutlinedFilm, writeMasks } from "../../../src/desk/write_masks.ts";
import { encodeNrrd } from "../../../src/masks/nrrd.ts";
import { labelMap } from "../../../src/masks/label_map.ts";
import { encodeRuns } from "../../../src/masks/mask_runs.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { readRadiograph } from "../../../src/radiograph/read_radiograph.ts";
import { readMask } from "../../../src/study/cohort/read_mask.ts";
import { drawnOutlines } from "../../../src/study/train/drawn_outlines.ts";
import type { Radiograph } from "../../../src/types.ts";

const FILM = { widthPx: 90, heightPx: 61 }; // odd: bits of a second DICOM frame begin inside a byte

function head(side: "right" | "left" | "unknown", cx: number, radius = 10) {
  const size = 2 * radius + 1;
  const mask = Uint8Array.from(
    { length: size * size },
    (_, i) => Math.hypot(i % size - radius, Math.floor(i / size) - radius) <= radius ? 1 : 0,
  );
  const outline = encodeRuns({ boxPx: { x: cx - radius, y: 20, width: size, height: size }, mask });
  return headOfOutline(outline, { film: FILM, side, implant: false, confidence: null });
}
const HEADS = [head("right", 20), head("left", 60, 12)];
const film = (name: string, heads: OutlinedFilm["heads"] = HEADS): OutlinedFilm => ({
  ...FILM,
  ...{ film: name, radiograph: `films/${name}.png`, patient: name, heads },
});
const RADIOGRAPH = { ...FILM, kind: "radiograph", pixels: new Uint16Array(90 * 61) } as unknown as Radiograph;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The outlines that training reads from the masks. */
async function learnt(masks: { right: string; left: string }, file = "films/a.png") {
  const expected = (["right", "left"] as const).map((side, i) => ({
    ...{ headId: side, patient: "a", row: i + 1, side, grade: -1 as const, mask: masks[side] },
  }));
  return await drawnOutlines(expected, { film: RADIOGRAPH, file, read: readRadiograph });
}

const pixelsOf = (heads: readonly { side: string; boxPx: object; mask: Uint8Array }[]) =>
  heads.map(({ side, boxPx, mask }) => ({ side, boxPx: { ...boxPx }, mask }));

for (const format of MASK_FORMATS) {
  Deno.test(`readMask: masks exported as ${format} equal what training reads, for each side`, () =>
    inFolder(async (folder) => {
      const files = await writeMasks([film("b", [head("right", 40)]), film("a")], { folder, format });
      const of = (side: string) =>
        `${folder}/${files.find((name) => name === `a.${side}.png`) ?? files.at(-1)}`;
      const { heads, failures } = await learnt({ right: of("right"), left: of("left") });
      assertEquals(failures, []);
      assertEquals(pixelsOf(heads), pixelsOf(HEADS));
    }));
}

Deno.test("readMask: the heads of a DICOM Segmentation written by Caput are read back", () =>
  inFolder(async (folder) => {
    const { widthPx, heightPx } = FILM;
    const exported = HEADS.map((each, i) => {
      const { labels } = labelMap([each], FILM);
      return {
        ...each,
        ...{ headId: `h${i}`, radiusMm: NaN, distance: 1, percentile: 50, residual: 1, outOfDomain: false },
        ...{ percentileInterval: [40, 60] as const, mask: labels.map((label) => label ? 1 : 0) },
      };
    });
    const { bytes } = segmentationObject({
      ...{ sopClassUid: "1.2.3", sopInstanceUid: "1.2.3.4", seriesUid: "1.2.3.5", studyUid: "1.2.3.6" },
      ...{ patient: "k", rows: heightPx, columns: widthPx, pixelSpacingMm: null, orientation: [] },
    }, { heads: exported, facts: { version: "0", at: new Date(0) } });
    const path = `${folder}/seg`;
    await Deno.writeFile(path, bytes);
    const { heads, failures } = await learnt({ right: path, left: path });
    assertEquals(failures, []);
    assertEquals(pixelsOf(heads), pixelsOf(HEADS));
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 400));
    const cut = await learnt({ right: path, left: path });
    assertEquals(cut.failures.map(({ code, file }) => [code, file]), [["bad-mask", path], [
      "bad-mask",
      path,
    ]]);
  }));

Deno.test("readMask: 3D Slicer's segments are identified by name; Label Studio's prefix is removed from the film's name", () =>
  inFolder(async (folder) => {
    const map = labelMap([{ ...HEADS[0], side: "left" }, { ...HEADS[1], side: "right" }], FILM); // 2 right, 1 left
    const text = String.fromCharCode(...encodeNrrd(map)).replace(
      "\n\n",
      "\nSegment0_LabelValue:=2\nSegment0_Name:=Right head\nSegment1_LabelValue:=1\nSegment1_Name:=head_left\n\n",
    );
    const path = `${folder}/slicer.nrrd`;
    await Deno.writeFile(path, Uint8Array.from(text, (c) => c.charCodeAt(0)));
    assertEquals(pixelsOf((await learnt({ right: path, left: path })).heads), pixelsOf(HEADS));

    await writeMasks([film("b", [head("right", 40)]), film("a")], { folder, format: "coco" });
    const coco = await Deno.readTextFile(`${folder}/heads.coco.json`);
    const studio = `${folder}/studio.json`;
    await Deno.writeTextFile(studio, coco.replace('"a.png"', '"images/1f2e3d4c-a.png"'));
    assertEquals(pixelsOf((await learnt({ right: studio, left: studio })).heads), pixelsOf(HEADS));
  }));

Deno.test("readMask: a label map with one label for both heads gives each side its own head", () =>
  inFolder(async (folder) => {
    const path = `${folder}/one.nrrd`;
    await Deno.writeFile(path, encodeNrrd(labelMap(HEADS.map((each) => ({ ...each, side: "right" })), FILM)));
    assertEquals(pixelsOf((await learnt({ right: path, left: path })).heads), pixelsOf(HEADS));
  }));

Deno.test("readMask: unusable files are reported with a reason and a fix", () =>
  inFolder(async (folder) => {
    const asked = { film: "films/a.png", side: "left", picture: readRadiograph } as const;
    const refused = async (name: string, content: string | Uint8Array, reason: string, fix: string) => {
      await (typeof content === "string" ? Deno.writeTextFile : Deno.writeFile)(
        `${folder}/${name}`,
        content as never,
      );
      const error = await readMask(`${folder}/${name}`, asked).then(
        () => ({ message: "it was read", fix: "", code: "" }),
        (error) => error as { message: string; fix: string; code: string },
      );
      assertStringIncludes(error.message, reason);
      assertStringIncludes(error.fix, fix);
      assertEquals(error.code, "bad-mask");
    };
    await refused("cut.json", '{"shapes": [', "it is not a complete JSON file", "LabelMe JSON");
    await refused("odd.json", '{"a": 1}', "must be in the format of LabelMe or COCO", "COCO JSON");
    await refused(
      "list.nrrd",
      "NRRD0004\ntype: uchar\ndimension: 4\nsizes: 2 9 9 1\n\n",
      "a single image",
      "NRRD",
    );
    await writeMasks([film("b"), film("c")], { folder, format: "coco" });
    await refused(
      "two.json",
      await Deno.readTextFile(`${folder}/heads.coco.json`),
      "has 2 films, but none with the name of this film",
      "file_name",
    );
    await writeMasks([film("a", [head("right", 20)])], { folder, format: "labelme" });
    await refused(
      "one.json",
      await Deno.readTextFile(`${folder}/a.json`),
      "outlines no left head",
      "left femoral",
    );
    await assertRejects(() => readMask(`${folder}/gone.nrrd`, asked), RadiographError, "it does not exist");
  }));

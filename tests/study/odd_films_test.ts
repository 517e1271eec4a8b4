/** Results of the shipped models on unusual images: turned, mirrored, without a hip, with one hip or a replaced hip. */
import { assert, assertEquals } from "@std/assert";
import { encodePng } from "../../src/image/encode_png.ts";
import { hardCohort, paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { loadModels } from "../../src/study/models/model_set.ts";
import { preflight } from "../../src/study/preflight/preflight.ts";
import { scoreFilm } from "../../src/study/score/score_film.ts";
import { hasSharedData, sharedBytes } from "../radiograph/shared_data.ts";
import { noFacts } from "../../src/radiograph/stored/stored_image.ts";

const models = await loadModels(undefined, { device: "cpu", threads: 1 });
const { image } = renderRadiograph(patientOf(paperCohort(1).patients[0]), { widthPx: 640 });
const { widthPx, heightPx, bitsStored } = image, top = 2 ** bitsStored - 1;
const film = Uint16Array.from(
  image.stored,
  (value) => image.photometric === "MONOCHROME1" ? top - value : value,
);

const score = async (bytes: Uint8Array) => await scoreFilm(await parseRadiograph(bytes), models);

/** The film with its pixels rearranged by a function. */
function moved(
  from: (x: number, y: number) => readonly [number, number],
  width = widthPx,
  height = heightPx,
) {
  const samples = Uint16Array.from({ length: width * height }, (_, i) => {
    const [x, y] = from(i % width, Math.floor(i / width));
    return film[y * widthPx + x];
  });
  return encodePng({ widthPx: width, heightPx: height, samples }, { level: 1 });
}

const same = (x: number, y: number) => [x, y] as const;

Deno.test("upside down, flipped, lying on its side: no head is found", async () => {
  assertEquals((await score(moved(same))).heads.length, 2);
  const turns = {
    "upside down": moved((x, y) => [widthPx - 1 - x, heightPx - 1 - y]),
    "flipped": moved((x, y) => [x, heightPx - 1 - y]),
    "lying on its side": moved((x, y) => [y, heightPx - 1 - x], heightPx, widthPx),
  };
  for (const [name, bytes] of Object.entries(turns)) {
    const { heads, quality } = await score(bytes);
    assertEquals([heads.length, quality], [0, ["no-head"]], name);
  }
});

Deno.test("mirrored: without a marker on the film, the sides are exchanged", async () => {
  const upright = await score(moved(same)), mirrored = await score(moved((x, y) => [widthPx - 1 - x, y]));
  assertEquals(mirrored.heads.map(({ side }) => side), ["right", "left"]);
  const gap = (a: number, b: number) => Math.abs(a - b);
  assert(gap(mirrored.heads[0].radiusPx, upright.heads[1].radiusPx) < 3);
});

Deno.test("blank, noise, a step wedge: no head is found, and preflight refuses these films and a film of 64 x 64 pixels", async () => {
  const side = 400, flat = new Uint16Array(side * side).fill(500);
  let state = 1;
  const noise = flat.map(() => (state = (state * 48271) % 2147483647) & 4095);
  const wedge = flat.map((_, i) => 400 * Math.floor((i % side) / 40));
  const pictures = {
    "blank": { samples: flat, code: "blank" },
    "noise": { samples: noise, code: "no-head" },
    "a step wedge": { samples: wedge, code: "few-levels" },
  };
  for (const [name, { samples, code }] of Object.entries(pictures)) {
    const radiograph = await parseRadiograph(encodePng({ widthPx: side, heightPx: side, samples }));
    const { heads, quality } = await scoreFilm(radiograph, models);
    assertEquals([heads.length, quality], [0, ["no-head"]], name);
    const found = { kind: "film-heads" as const, heads, quality };
    const { verdict, reasons } = preflight({ radiograph, facts: noFacts, heads: found });
    assert(verdict === "refuse" && reasons.some((reason) => reason.code === code), name);
  }
  const tiny = await parseRadiograph(moved((x, y) => [10 * x, 10 * y], 64, 64));
  assertEquals(preflight({ radiograph: tiny, facts: noFacts }).reasons[0].code, "too-small");
});

Deno.test("a film of one hip has the quality code one-head, and its head is scored", async () => {
  const [right] = (await score(moved(same))).heads,
    [cx, cy] = right.centerPx,
    half = Math.round(4 * right.radiusPx);
  const x0 = Math.max(0, Math.round(cx) - half), y0 = Math.max(0, Math.round(cy) - half);
  const width = Math.min(widthPx / 2, x0 + 2 * half) - x0, height = Math.min(heightPx, y0 + 2 * half) - y0;
  const { heads, quality } = await score(moved((x, y) => [x0 + x, y0 + y], width, height));
  assertEquals(heads.length, 1);
  assert(quality.includes("one-head") && Number.isFinite(heads[0].distance));
});

Deno.test("a hip replacement is not a head; the natural hip on the same film is found", async () => {
  const patients = hardCohort(1).patients.map(patientOf).filter(({ hips, view }) =>
    view.kind === "pelvis" && hips.filter(({ kind }) => kind === "total").length === 1 &&
    hips.some(({ kind }) => kind === "natural")
  );
  assert(patients.length >= 3);
  for (const patient of patients.slice(0, 3)) {
    const rendered = renderRadiograph(patient, { widthPx: 640 }).image;
    const turned = rendered.photometric === "MONOCHROME1", most = 2 ** rendered.bitsStored - 1;
    const samples = rendered.stored.map((value) => turned ? most - value : value);
    const { heads } = await score(encodePng({ ...rendered, samples }));
    const natural = patient.hips.find(({ kind }) => kind === "natural")!;
    assertEquals(heads.map(({ side }) => side), [natural.side]);
  }
});

Deno.test({
  name: "chest films and slices of other modalities: no head",
  ignore: !hasSharedData,
  async fn() {
    for (const name of ["RG1_JLSN", "RG3_htj2k", "CT1_htj2k"]) {
      const folder = name.includes("htj2k") ? "generated" : "pylibjpeg-data-MIT";
      const { heads } = await score(await sharedBytes(`dicom/${folder}/${name}.dcm`));
      assertEquals(heads.length, 0, name);
    }
  },
});

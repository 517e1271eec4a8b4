import { assertEquals } from "@std/assert";
import { headOfOutline } from "../../src/desk/head_of_outline.ts";
import { correctedCohort, type OutlinedFilm, writeMasks } from "../../src/desk/write_masks.ts";
import { encodeRuns } from "../../src/masks/mask_runs.ts";
import { decodeNrrd } from "../../src/masks/nrrd.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";
import { drawnOutlines } from "../../src/study/train/drawn_outlines.ts";

const FILM = { widthPx: 90, heightPx: 60 };

function head(side: "right" | "left" | "unknown", cx: number) {
  const mask = Uint8Array.from(
    { length: 21 * 21 },
    (_, i) => Math.hypot(i % 21 - 10, Math.floor(i / 21) - 10) <= 10 ? 1 : 0,
  );
  const outline = encodeRuns({ boxPx: { x: cx - 10, y: 20, width: 21, height: 21 }, mask });
  return headOfOutline(outline, { film: FILM, side, implant: false, confidence: null });
}
const film = (name: string, heads: OutlinedFilm["heads"]): OutlinedFilm => ({
  ...FILM,
  ...{ film: name, radiograph: `${name}.png`, patient: name, heads },
});

Deno.test("writeMasks: written masks can be used for training; unusable films are reported", async () => {
  const folder = await Deno.makeTempDir();
  const films = [film("a", [head("right", 20), head("left", 60)]), film("b", [head("unknown", 20)])];
  try {
    const files = await writeMasks(films, { folder, format: "png" });
    assertEquals(files, ["a.right.png", "a.left.png", "b.unknown.png"]);
    const { csv, used, left } = correctedCohort(films, { masks: "m" });
    assertEquals([used, left], [["a"], ["b"]]);
    assertEquals(csv.split("\n").slice(0, 2), [
      "radiograph,patient,side,grade,mask,split",
      "a.png,a,right,,m/a.right.png,train",
    ]);
    const expected = (["right", "left"] as const).map((side) => ({
      ...{ headId: side, patient: "a", row: 1, side, grade: -1 as const, mask: `${folder}/a.${side}.png` },
    }));
    const radiograph = await readRadiograph(`${folder}/a.right.png`);
    const { heads, failures } = await drawnOutlines(expected, {
      film: radiograph,
      file: "a",
      read: readRadiograph,
    });
    assertEquals(failures, []);
    assertEquals(
      heads.map(({ boxPx, mask }) => ({ boxPx, mask })),
      films[0].heads.map(({ boxPx, mask }) => ({ boxPx, mask })),
    );
    await writeMasks(films, { folder, format: "nrrd" });
    const { labels } = decodeNrrd(await Deno.readFile(`${folder}/a.nrrd`));
    assertEquals([labels[30 * 90 + 20], labels[30 * 90 + 60], labels[0]], [1, 2, 0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("correctedCohort: three patients in ten are for validation; patients, grades and splits of an earlier file are kept", () => {
  const films = Array.from({ length: 10 }, (_, i) => film(`f${i}`, [head("right", 20), head("left", 60)]));
  const rowsOf = (csv: string) =>
    csv.trimEnd().split("\n").slice(1).map((line) => {
      const [radiograph, patient, side, grade, mask, split] = line.split(",");
      return { radiograph, patient, side, grade, mask, split };
    });
  const leftOut = (csv: string) =>
    rowsOf(csv).filter(({ split }) => split === "validation").map(({ patient, side }) =>
      `${patient} ${side}`
    );
  const first = correctedCohort(films.slice(4), { masks: "m" }).csv;
  assertEquals(leftOut(first), ["f4 right", "f4 left", "f5 right", "f5 left"]);
  const earlier = rowsOf(first).map((row) =>
    row.radiograph === "f6.png" ? { ...row, patient: "f4", split: "validation", grade: "2" } : row
  );
  const next = correctedCohort(films, { masks: "m", earlier }).csv;
  assertEquals(leftOut(next).filter((_, i) => i % 2 === 0), ["f0 right", "f4 right", "f5 right", "f4 right"]);
  assertEquals(rowsOf(next).filter(({ radiograph }) => radiograph === "f6.png").map(({ grade }) => grade), [
    "2",
    "2",
  ]);
  assertEquals(
    leftOut(correctedCohort(films.slice(0, 1), { masks: "m" }).csv),
    [],
    "one film must be used for training",
  );
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { renderRadiograph } from "../../../src/phantom/film/render_radiograph.ts";
import { sameHip, teachingPatient } from "../../../src/phantom/patient/same_hip.ts";

const patient = teachingPatient(seededPrng(4));
const at = (stage: number) => sameHip(patient, { side: "right", stage });

Deno.test("sameHip: only grade, lesion, joint space and osteophytes of one hip depend on the stage", () => {
  for (const stage of [0, 0.5, 1, 2.25, 3, 4]) {
    const { hips: [right, left], ...rest } = at(stage);
    const { hips: [original, other], ...before } = patient;
    assertEquals(rest, before);
    assertEquals(left, other);
    const { grade: _, lesion: __, spaceLoss: ___, spaceLossTilt: ____, osteophytes: _____, ...bones } = right;
    const { grade: a, lesion: b, spaceLoss: c, spaceLossTilt: d, osteophytes: e, ...same } = original;
    assertEquals([a, b, c, e, typeof d], [0, null, 0, 0, "number"]);
    assertEquals(bones, same);
  }
  const lesions = [1, 1.5, 2, 2.5, 3, 3.5, 4].map((stage) => at(stage).hips[0].lesion!);
  for (const name of ["arcDeg", "rimMm", "collapseMm"] as const) {
    const values = lesions.map((lesion) => lesion[name]);
    assertEquals(values, values.toSorted((a, b) => a - b), name);
  }
  assertEquals(at(0).hips[0].lesion, null);
  assert(at(2).hips[0].lesion!.crescentMm === 0 && at(3).hips[0].lesion!.crescentMm > 0.5);
  assert(at(3).hips[0].lesion!.collapseMm < 2 && at(4).hips[0].lesion!.collapseMm > 4.2);
  assertThrows(() => at(4.1), RangeError, "0 to 4");
});

Deno.test("sameHip: from stage 0 to 4, the film changes more than eight times as much at the diseased head as at the other head", () => {
  const film = (stage: number) => renderRadiograph(at(stage), { widthPx: 224 });
  const [first, last] = [film(0), film(4)];
  const { widthPx, stored } = first.image;
  const change = (side: string) => {
    const { boxPx: { x, y, width, height } } = first.truth.heads.find((head) => head.side === side)!;
    let sum = 0;
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) {
        sum += Math.abs(stored[row * widthPx + column] - last.image.stored[row * widthPx + column]);
      }
    }
    return sum / (width * height);
  };
  assert(change("right") > 8 * change("left"), `${change("right")} against ${change("left")}`);
});

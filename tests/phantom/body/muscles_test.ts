import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { fitMuscles } from "../../../data/fit/fit_muscles.ts";
import { camera as makeCamera } from "../../../src/phantom/body/camera.ts";
import { muscleModel } from "../../../src/phantom/body/muscle_model.ts";
import { muscles } from "../../../src/phantom/body/muscles.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";
import { softTissue } from "../../../src/phantom/body/soft_tissue.ts";

/** Volume inside a closed surface, cm3: a sixth of the sum of triple products. */
function volume({ positions: p, triangles }: { positions: Float32Array; triangles: Uint32Array }): number {
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * triangles[t + k]);
    sum += p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) -
      p[a + 1] * (p[b] * p[c + 2] - p[b + 2] * p[c]) +
      p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
  }
  return sum / 6000;
}

Deno.test("muscles: surfaces face outwards; positions are anatomical; three female muscles have about the published volume", () => {
  // Volumes of the left side, cm3, published with the finer surfaces that the model was made from (see NOTICE).
  const known = { F: { PsoasMajor: 166.4, GluteusMaximus: 796.1, VastusLateralis: 396.2 }, M: {} };
  for (const body of Object.values(muscleModel())) {
    assertEquals(body.muscles.length, 25);
    for (const muscle of body.muscles) {
      assert(volume(muscle) > 0, `${body.sex} ${muscle.name} is inside out`);
      const want = (known[body.sex] as Record<string, number>)[muscle.name];
      if (want) assertClose(volume(muscle), want, { relative: 0.12 });
    }
    const middle = (name: string, k: number) => {
      const { positions } = body.muscles.find((m) => m.name === name)!;
      return positions.reduce((sum, v, i) => i % 3 === k ? sum + 3 * v / positions.length : sum, 0);
    };
    assert(
      middle("PsoasMajor", 1) < -20 && middle("PsoasMajor", 0) < 0,
      "the psoas must be above and medial",
    );
    assert(
      middle("GluteusMaximus", 2) > 30 && middle("RectusFemoris", 2) < -10,
      "the gluteus must be behind, the rectus femoris in front",
    );
    assert(middle("VastusLateralis", 1) > 80 && middle("TensorFasciaeLatae", 0) > 20);
  }
});

Deno.test("soft tissue is never negative, and is more than 0.4 times as thick as the muscle in it where the muscle is 40 mm thick or more; muscles are mirrored with the film and move with an abducted leg", () => {
  const patient = samplePatient(seededPrng(4), { sex: "F" }), size = 300;
  const draw = (view: Partial<typeof patient.view>, hips = patient.hips) => {
    const who = { ...patient, hips, view: { ...patient.view, ...view } },
      camera = makeCamera(who.view, size, size);
    const [ox, oy] = camera.project(0, 0, 0), flip = camera.flip ? -1 : 1;
    const grid = {
      camera,
      step: 2,
      mm: 2 / camera.scale,
      toX: (k: number) => flip * (2 * k + 1 - ox) / camera.scale,
      toY: (j: number) => (2 * j + 1 - oy) / camera.scale,
    };
    return {
      muscle: muscles(seededPrng(1), who, grid).values,
      all: softTissue(seededPrng(2), who, camera, 2).values,
    };
  };
  const plain = draw({ mirrored: false });
  assert(plain.all.every((v) => v >= 0));
  plain.muscle.forEach((v, i) =>
    assert(
      v < 40 || plain.all[i] > 0.4 * v,
      `${v} mm of muscle in ${plain.all[i]} mm at ${i % 150}, ${i / 150 | 0}`,
    )
  );
  const turned = draw({ mirrored: true });
  let difference = 0, sum = 0;
  for (let y = 0; y < 150; y++) {
    for (let x = 0; x < 150; x++) {
      difference += Math.abs(plain.muscle[y * 150 + x] - turned.muscle[y * 150 + 149 - x]);
      sum += plain.muscle[y * 150 + x];
    }
  }
  assert(difference < 0.05 * sum, `mirrored muscles differ by ${difference / sum}`);
  const [right, left] = patient.hips;
  const spread = draw({ mirrored: false }, [right, { ...left, abductionDeg: left.abductionDeg + 35 }]);
  const at = (values: Float32Array) => { // middle of the left thigh, near the film's lower edge
    let x = 0, n = 0;
    for (let k = 75; k < 150; k++) x += k * values[145 * 150 + k], n += values[145 * 150 + k];
    return x / n;
  };
  assert(at(spread.muscle) > at(plain.muscle) + 10, `${at(spread.muscle)} against ${at(plain.muscle)}`);
});

Deno.test("the committed muscle model is the output of fitMuscles", async () => {
  const folder = new URL("../../../../shared/data/bones", import.meta.url);
  if (!await Deno.stat(folder).catch(() => null)) return console.log("skipped: no ../shared/data/bones");
  const packed = fitMuscles(folder.pathname);
  assertEquals(packed, Deno.readFileSync(new URL("../../../data/muscles.bin.gz", import.meta.url)));
});

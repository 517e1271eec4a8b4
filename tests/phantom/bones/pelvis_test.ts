import { assert, assertEquals } from "@std/assert";
import type { BoneSubjects } from "../../../src/phantom/bones/bone_model.ts";
import type { Mesh } from "../../../src/phantom/bones/mesh.ts";
import { pelvis, pelvisCups, pelvisModes } from "../../../src/phantom/bones/pelvis.ts";

/** Volume inside a closed surface, cm3, by the divergence theorem. */
function volume({ positions: p, triangles }: Mesh): number {
  let six = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * triangles[t + k]);
    six += p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) -
      p[a + 1] * (p[b] * p[c + 2] - p[b + 2] * p[c]) +
      p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
  }
  return six / 6000;
}

/** Number of edges that do not belong to exactly two triangles of opposite direction. */
function openEdges({ triangles }: Mesh): number {
  const edges = new Map<string, number>();
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k], b = triangles[t + (k + 1) % 3];
      edges.set(`${a} ${b}`, (edges.get(`${a} ${b}`) ?? 0) + 1);
    }
  }
  let open = 0;
  for (const [edge, n] of edges) if (edges.get(edge.split(" ").reverse().join(" ")) !== n) open++;
  return open;
}

for (const subjects of ["training", "held-out"] as BoneSubjects[]) {
  Deno.test(`pelvis of ${subjects} subjects: closed bones and acetabula of human size`, () => {
    const weights = Array.from({ length: pelvisModes(subjects) }, (_, i) => i % 3 - 1);
    const { left, right, sacrum, cups } = pelvis(subjects, weights, () => 1);
    for (const mesh of [left, right, sacrum]) {
      assertEquals(openEdges(mesh), 0);
      assert(mesh.positions.every(Number.isFinite));
      assert(
        mesh.depthMm.every((v) => v > 0 && v < 6.4),
        "a depth is half of the bone's thickness, above 0 and below 6.4 mm",
      );
    }
    // Dry hip bones hold 150 to 400 cm3; a wrong orientation gives a negative volume.
    for (const mesh of [left, right]) assert(volume(mesh) > 150 && volume(mesh) < 450, `${volume(mesh)} cm3`);
    assert(volume(sacrum) > 100 && volume(sacrum) < 350, `${volume(sacrum)} cm3`);
    const span = cups.left.center[0] - cups.right.center[0];
    assert(span > 130 && span < 210, `hips ${span} mm apart`);
    for (const { radiusMm } of Object.values(cups)) {
      assert(radiusMm > 19 && radiusMm < 31, `acetabulum of ${radiusMm} mm`);
    }
    assert(
      sacrum.positions.filter((_, i) => i % 3 === 1).every((y) => y < 0),
      "the sacrum is above the hips",
    );
    assertEquals(pelvisCups(subjects, weights), cups);
  });
}

Deno.test("training and held-out subjects have different mean pelves with the same number of vertices", () => {
  const training = pelvis("training", [], () => 1).left.positions,
    heldOut = pelvis("held-out", [], () => 1).left.positions;
  assertEquals(training.length, heldOut.length);
  let most = 0;
  for (let i = 0; i < training.length; i++) most = Math.max(most, Math.abs(training[i] - heldOut[i]));
  assert(most > 1, `mean shapes differ by at most ${most} mm`);
});

Deno.test("the committed bone model is the output of fitBones, and its modes explain over 90 % of the variance", async () => {
  const folder = new URL("../../../../shared/data/bones", import.meta.url).pathname;
  if (!await Deno.stat(folder).then(() => true, () => false)) {
    return console.log("skipped: no scans in ../shared/data/bones");
  }
  const { fitBones } = await import("../../../data/fit/fit_bones.ts");
  const { packed, explained } = fitBones(folder);
  assert(explained > 0.9, `the modes explain ${explained} of the variance`);
  assertEquals(packed, Deno.readFileSync(new URL("../../../data/bones.bin.gz", import.meta.url)));
});

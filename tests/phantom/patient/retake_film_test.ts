import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { paperCohort, patientOf } from "../../../src/phantom/patient/paper_cohort.ts";
import { retakeFilm } from "../../../src/phantom/patient/retake_film.ts";

const patient = patientOf(paperCohort(1).patients[3]);

Deno.test("retakeFilm: only the requested change (exposure, pose, bit depth or all) is made; bones, lesions and the random seed stay the same", () => {
  const again = (change: "exposure" | "pose" | "bit depth" | "all") =>
    retakeFilm(patient, { change, prng: seededPrng(5) });
  const exposed = again("exposure");
  assertEquals({ ...exposed, processing: patient.processing }, patient);
  assertEquals(exposed.processing.bits, patient.processing.bits);
  assert(exposed.processing.exposure !== patient.processing.exposure);
  const posed = again("pose");
  assertEquals(posed.processing, patient.processing);
  posed.hips.forEach((hip, i) => {
    const { rotationDeg, abductionDeg } = patient.hips[i];
    assertEquals({ ...hip, rotationDeg, abductionDeg }, patient.hips[i]);
  });
  assert(posed.view.tiltDeg !== patient.view.tiltDeg);
  const stored = again("bit depth");
  assertEquals({ ...stored, processing: patient.processing }, patient);
  assertEquals(stored.processing.bits, patient.processing.bits === 8 ? 12 : 8);
  const all = again("all");
  assertEquals(all.seed, patient.seed);
  assert(
    all.processing.exposure !== patient.processing.exposure && all.view.tiltDeg !== patient.view.tiltDeg,
  );
  assertEquals(again("all"), all);
});

import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import type { Patient } from "../../../src/phantom/patient/patient.ts";
import { renderRadiograph } from "../../../src/phantom/film/render_radiograph.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";

const draw = (seed: number, grades: [0 | 1 | 2 | 3 | 4, 0 | 1 | 2 | 3 | 4] = [0, 0]) =>
  samplePatient(seededPrng(seed), { grades, site: "A" });

/** Changes the right hip of a patient and nothing else. */
const withRight = (patient: Patient, change: Partial<Patient["hips"][0]>): Patient => ({
  ...patient,
  hips: [{ ...patient.hips[0], ...change }, patient.hips[1]],
});

Deno.test("the same patient gives the same bytes, whatever was rendered before", () => {
  const first = renderRadiograph(draw(3), { widthPx: 256 });
  renderRadiograph(draw(4), { widthPx: 200 });
  renderRadiograph(draw(5), { widthPx: 256 });
  const again = renderRadiograph(draw(3), { widthPx: 256 });
  assertEquals(again.image.stored, first.image.stored);
  assertEquals(again.truth.heads, first.truth.heads);
  assert(
    renderRadiograph(draw(4), { widthPx: 256 }).image.stored.some((v, i) => v !== first.image.stored[i]),
  );
});

Deno.test("the patient's right hip is on the film's left; on a mirrored film the right hip is on the film's right", () => {
  const patient = draw(7), plain = renderRadiograph(patient, { widthPx: 256 });
  const [right, left] = plain.truth.heads;
  assertEquals([right.side, left.side], ["right", "left"]);
  assert(right.centerPx[0] < left.centerPx[0]);
  const turned =
    renderRadiograph({ ...patient, view: { ...patient.view, mirrored: true } }, { widthPx: 256 }).truth.heads;
  assertClose(turned[0].centerPx[0], 255 - right.centerPx[0], { absolute: 1e-6 });
  assertEquals(turned[0].side, "right");
});

Deno.test("the outline of a round head has the area and the centre of its circle, magnified 1.04 to 1.22 times", () => {
  const patient = withRight(draw(8), { ovality: 0, cam: 0 });
  const { image, truth: { heads: [head] } } = renderRadiograph(patient, { widthPx: 512 });
  let n = 0, sx = 0, sy = 0;
  head.mask.forEach((on, i) => {
    n += on;
    sx += on * (head.boxPx.x + i % head.boxPx.width),
      sy += on * (head.boxPx.y + Math.floor(i / head.boxPx.width));
  });
  assertClose(n, Math.PI * head.radiusPx ** 2, { relative: 0.03 });
  assertClose(sx / n, head.centerPx[0], { absolute: 1 });
  assertClose(sy / n, head.centerPx[1], { absolute: 1 });
  const magnification = head.radiusPx * image.pixelSpacingMm / patient.hips[0].headRadiusMm;
  assert(magnification > 1.04 && magnification < 1.22, `magnified ${magnification} times`);
  assert(head.complete);
});

Deno.test("a head cut by the film's edge has the label `border`, a head outside the film is not reported", () => {
  const patient = draw(9), { heads: [head] } = renderRadiograph(patient, { widthPx: 256 }).truth;
  const mmLeft = head.centerPx[0] * patient.view.widthMm / 256;
  const moved = (mm: number) => ({
    ...patient,
    view: { ...patient.view, centerMm: [patient.view.centerMm[0] + mm, patient.view.centerMm[1]] as const },
  });
  const cut = renderRadiograph(moved(mmLeft / 1.12), { widthPx: 256 }).truth.heads.find((h) =>
    h.side === "right"
  )!;
  assert(!cut.complete && cut.labels.includes("border") && cut.visible > 0.2 && cut.visible < 0.8);
  assertEquals(cut.boxPx.x, 0);
  assertEquals(renderRadiograph(moved(mmLeft / 1.12 + 60), { widthPx: 256 }).truth.heads.map((h) => h.side), [
    "left",
  ]);
});

Deno.test("a replaced hip has no native head", () => {
  const { truth } = renderRadiograph(withRight(draw(10), { kind: "total" }), { widthPx: 128 });
  assertEquals(truth.heads.map((h) => h.side), ["left"]);
});

Deno.test("grade 1 changes a head by less than 1.2 % of the grey range, grade 3 by over twice as much; in grade 4 the collapse reduces the area of the outline", () => {
  const healthy = draw(11),
    change = (grade: 1 | 3 | 4) => {
      // The same film except for the lesion, which has the requested grade and a fixed place.
      const lesion = { ...draw(11, [grade, 0]).hips[0].lesion!, direction: [0.1, -0.99, -0.1] as const };
      return renderRadiograph(withRight(healthy, { lesion }), { widthPx: 512 });
    };
  const plain = renderRadiograph(healthy, { widthPx: 512 });
  const difference = (other: typeof plain) => {
    const { boxPx: b, mask } = plain.truth.heads[0];
    let sum = 0, n = 0;
    mask.forEach((on, i) => {
      const at = (b.y + Math.floor(i / b.width)) * 512 + b.x + i % b.width;
      if (on) sum += Math.abs(plain.image.stored[at] - other.image.stored[at]), n++;
    });
    return sum / n / 4095;
  };
  const [one, three, four] = [change(1), change(3), change(4)];
  assert(difference(one) < 0.012, `grade 1 differs by ${difference(one)}`);
  assert(difference(three) > 2 * difference(one));
  const area = (film: typeof plain) => film.truth.heads[0].mask.reduce((n, on) => n + on, 0);
  assertClose(area(one), area(plain), { relative: 1e-3 });
  assert(area(four) < 0.985 * area(plain));
});

Deno.test("the largest stored value is in the upper half of the range, and the polarity is recorded", () => {
  const patient = draw(12);
  for (const bits of [8, 12, 16]) {
    const { image } = renderRadiograph({ ...patient, processing: { ...patient.processing, bits } }, {
      widthPx: 128,
    });
    assertEquals(image.bitsStored, bits);
    const top = image.stored.reduce((a, b) => Math.max(a, b), 0);
    assert(top <= 2 ** bits - 1 && top > 2 ** (bits - 1));
  }
  const inverted = { ...patient, processing: { ...patient.processing, inverted: true } };
  const [a, b] = [patient, inverted].map((p) => renderRadiograph(p, { widthPx: 128 }).image);
  assertEquals([a.photometric, b.photometric], ["MONOCHROME2", "MONOCHROME1"]);
  assertEquals(b.stored[5000], 2 ** a.bitsStored - 1 - a.stored[5000]);
});

Deno.test("invalid sizes are rejected", () => {
  assertThrows(() => renderRadiograph(draw(1), { widthPx: 0 }), RangeError, "32 to 8192");
  assertThrows(() => renderRadiograph(draw(1), { widthPx: 100.5 }), RangeError, "100.5");
});

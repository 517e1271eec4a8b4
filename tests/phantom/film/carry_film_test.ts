import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { renderRadiograph } from "../../../src/phantom/film/render_radiograph.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";
import type { Carrier, Patient } from "../../../src/phantom/patient/patient.ts";

const plain = samplePatient(seededPrng(21));
const carried = (change: Partial<Carrier>): Patient => ({
  ...plain,
  carrier: { ...plain.carrier, ...change },
});
const render = (patient: Patient) => renderRadiograph(patient, { widthPx: 256 });
const before = render(plain);

/** Centre and area of an outline, film pixels. */
function outline({ boxPx: b, mask }: typeof before.truth.heads[0]) {
  let n = 0, x = 0, y = 0;
  mask.forEach((
    on,
    i,
  ) => (n += on, x += on * (b.x + i % b.width), y += on * (b.y + Math.floor(i / b.width))));
  return { n, x: x / n, y: y / n };
}

Deno.test("after rotation, cropping and perspective distortion, outlines still match centres and radii", () => {
  const changes: Partial<Carrier>[] = [
    { turnDeg: 8 },
    { crop: [0.08, -0.05, 0.02, 0.06] },
    { corners: [0.05, 0.02, -0.03, 0.04, 0, -0.05, 0.04, 0] },
    { turnDeg: 177 },
  ];
  for (const change of changes) {
    const { truth: { heads } } = render(carried(change));
    assertEquals(heads.map(({ side }) => side), ["right", "left"]);
    heads.forEach((head, k) => {
      const { n, x, y } = outline(head);
      assertClose(x, head.centerPx[0], { absolute: 1 });
      assertClose(y, head.centerPx[1], { absolute: 1 });
      const shrunk = Math.sqrt(n / outline(before.truth.heads[k]).n);
      assertClose(head.radiusPx / before.truth.heads[k].radiusPx, shrunk, { relative: 0.02 });
    });
  }
});

Deno.test("rotation and crop change the pixel spacing so that a head keeps its size in mm", () => {
  const mm = ({ image, truth: { heads } }: typeof before) =>
    heads.map((head) => head.radiusPx * image.pixelSpacingMm);
  for (const change of [{ turnDeg: 8 }, { crop: [0.1, 0.1, 0.1, 0.1] as const }] as Partial<Carrier>[]) {
    mm(render(carried(change))).forEach((radius, k) =>
      assertClose(radius, mm(before)[k], { relative: 0.01 })
    );
  }
});

Deno.test("on a film turned by 180 degrees, pixels are at the opposite place, and the right head is to the right of the left head", () => {
  const { image, truth: { heads: [right, left] } } = render(carried({ turnDeg: 180 }));
  const { widthPx: w, heightPx: h } = before.image;
  assertEquals([image.widthPx, image.heightPx], [w, h]);
  assert(right.centerPx[0] > left.centerPx[0]);
  for (const [x, y] of [[40, 50], [128, 100], [200, 77]]) {
    const turned = image.stored[(h - 1 - y) * w + (w - 1 - x)];
    assertClose(turned, before.image.stored[y * w + x], { absolute: 2 });
  }
});

Deno.test("a head that the crop removes is not reported; a head that the crop cuts has the label `border`", () => {
  const [{ centerPx, radiusPx }] = before.truth.heads, { widthPx } = before.image;
  const half = render(carried({ crop: [centerPx[0] / widthPx, 0, 0, 0] })).truth.heads;
  assertEquals(half.map(({ complete, labels }) => [complete, labels.includes("border")]), [
    [false, true],
    [true, false],
  ]);
  assertClose(half[0].visible, 0.5, { absolute: 0.04 });
  const gone = render(carried({ crop: [(centerPx[0] + radiusPx + 3) / widthPx, 0, 0, 0] }));
  assertEquals(gone.truth.heads.map(({ side }) => side), ["left"]);
});

Deno.test("dust, scratches, compression, haze, noise and moire keep greys in range, and repeat with the same seed", () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const patient = samplePatient(seededPrng(seed), { setting: "training" });
    const rough = {
      ...patient.carrier,
      dust: 20,
      scratches: 3,
      quality: 30,
      smallPx: 90,
      haze: 0.1,
      grain: 0.05,
    };
    const film = () =>
      renderRadiograph({ ...patient, carrier: { ...rough, moire: [0.05, 4, 1] } }, { widthPx: 128 });
    assertEquals(film().image.stored, film().image.stored);
    const top = 2 ** patient.processing.bits - 1;
    assert(film().image.stored.every((v) => v <= top));
  }
});

import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { quantile } from "../../src/array/quantile.ts";
import { chiSquareQuantile } from "../../src/stats/distributions/chi_square_quantile.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { nearestHealthy } from "../../src/normative/nearest_healthy.ts";
import { model } from "./sample_model.ts";

Deno.test("nearestHealthy: the point is on the healthy ellipsoid, and none of 300 random points on that ellipsoid is nearer", () => {
  const head = Float64Array.of(30, -9, 12, 25), found = nearestHealthy(head, model);
  assert(found.moved);
  assertClose(mahalanobis(found.latent, model)[0], found.shell, { relative: 1e-9 });
  const prng = seededPrng(4),
    gap = (a: Float64Array) => mahalanobis(a.map((v, j) => v - head[j] + model.mean[j]), model)[0];
  for (let k = 0; k < 300; k++) {
    const other = head.map((v) => v + prng.normal() * 8), [distance] = mahalanobis(other, model);
    const onShell = other.map((v, j) => model.mean[j] + found.shell / distance * (v - model.mean[j]));
    assert(gap(onShell) >= gap(found.latent) - 1e-9);
  }
  const near = nearestHealthy(model.mean, model);
  assertEquals([near.moved, near.distance], [false, 0]);
  assertThrows(() => nearestHealthy(head, model, { level: 1 }), RangeError, "(0, 1)");
});

Deno.test("nearestHealthy: the ellipsoid is at the quantile of the reference distances or of chi-square; a head on the ellipsoid is not moved", () => {
  const head = Float64Array.of(30, -9, 12, 25), d = head.length;
  assertClose(nearestHealthy(head, model).shell, quantile(model.referenceDistances, 0.95));
  const { shell } = nearestHealthy(head, model, { shell: "chi-square", level: 0.9 });
  assertClose(shell, Math.sqrt(chiSquareQuantile(0.9, d)));
  assertThrows(() => nearestHealthy(head, model, { level: 0 }), RangeError, "(0, 1)");
  const [distance] = mahalanobis(head, model);
  const there = { ...model, referenceDistances: Float64Array.of(distance, distance) };
  assertEquals(nearestHealthy(head, there), { latent: head, distance, shell: distance, moved: false });
});

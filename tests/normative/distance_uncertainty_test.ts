import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { distanceUncertainty } from "../../src/normative/distance_uncertainty.ts";
import { scoreDeviation } from "../../src/normative/score_deviation.ts";
import { d, model } from "./sample_model.ts";

const far = model.mean.map((v, j) => v + 20 * (j + 1));
const latent = (logVariance: number) => ({
  kind: "latent-vector" as const,
  mean: far,
  logVariance: new Float64Array(d).fill(logVariance),
});

Deno.test("distanceUncertainty: without encoder variance every draw has the same distance; more variance gives a wider spread", () => {
  const { distance } = scoreDeviation(far, model), sure = distanceUncertainty(latent(-60), model);
  assertClose([...sure.interval, sure.mean], [distance, distance, distance], { relative: 1e-9 });
  const unsure = distanceUncertainty(latent(0), model), wider = distanceUncertainty(latent(2), model);
  assert(unsure.interval[0] < distance && distance < unsure.interval[1] && wider.sd > 2 * unsure.sd);
});

Deno.test("distanceUncertainty: far from the mean, the spread is the length of the distance's gradient times the latent standard deviation", () => {
  // d(D)/dz = C^-1 (z - mean) / D, so with unit variances sd = |C^-1 (z - mean)| / D.
  const h = 1e-4,
    slope = Math.hypot(...far.map((_, j) => {
      const at = (step: number) =>
        scoreDeviation(far.map((v, k) => (k === j ? v + step : v)), model).distance;
      return (at(h) - at(-h)) / (2 * h);
    }));
  assertClose(distanceUncertainty(latent(0), model, { draws: 20_000 }).sd, slope, { relative: 0.03 });
});

Deno.test("distanceUncertainty: the same seed gives the same result; invalid input is rejected", () => {
  assertEquals(distanceUncertainty(latent(0), model), distanceUncertainty(latent(0), model));
  assertEquals(distanceUncertainty(latent(0), model), distanceUncertainty(latent(0), model, { seed: 1 }));
  assert(distanceUncertainty(latent(0), model, { draws: 2 }).sd > 0, "two draws are enough");
  assertThrows(() => distanceUncertainty({ ...latent(0), mean: far.slice(1) }, model), TypeError, "got 3");
  for (const draws of [1, 2.5]) {
    assertThrows(
      () => distanceUncertainty(latent(0), model, { draws }),
      RangeError,
      `a whole number from 2, got ${draws}`,
    );
  }
  assertThrows(() => distanceUncertainty(latent(NaN), model), RangeError, "NaN");
});

Deno.test("distanceUncertainty: the standard deviation of a draw is exp(logVariance / 2)", () => {
  // One dimension far from the mean: the distance is the coordinate itself, so its spread is that of the draw.
  const latent = {
    kind: "latent-vector",
    mean: Float64Array.of(50),
    logVariance: Float64Array.of(Math.log(9)),
  } as const;
  const { sd, interval } = distanceUncertainty(latent, {
    mean: Float64Array.of(0),
    cholesky: Float64Array.of(1),
  }, {
    draws: 20_000,
  });
  assertClose(sd, 3, { absolute: 0.06 });
  assertClose([...interval], [50 - 1.96 * 3, 50 + 1.96 * 3], { absolute: 0.15 }); // the central 95 %
});

import { assert, assertClose } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { expose } from "../../src/phantom/expose.ts";
import { sheet } from "../../src/phantom/path_length.ts";
import { samplePatient } from "../../src/phantom/sample_patient.ts";

const quiet = {
  ...samplePatient(seededPrng(1)).processing,
  scatter: 0,
  heel: 0,
  heelAcross: 0,
  blurMm: 0,
  exposure: 1e12,
  logarithmic: true,
};

Deno.test("without scatter and noise the logarithm restores the attenuation (Beer-Lambert)", () => {
  const film = sheet(40, 40);
  for (let i = 0; i < film.values.length; i++) film.values[i] = i / 200;
  expose(seededPrng(1), film, quiet, { pitchMm: 0.4 });
  assertClose(film.values.subarray(0, 1200), Float32Array.from({ length: 1200 }, (_, i) => i / 200), {
    absolute: 0.012,
  });
});

Deno.test("photon noise decreases with the square root of the exposure; scatter brightens dark areas", () => {
  const spread = (exposure: number) => {
    const film = sheet(128, 128);
    film.values.fill(2);
    expose(seededPrng(2), film, { ...quiet, exposure }, { pitchMm: 0.4 });
    const mean = film.values.reduce((a, b) => a + b, 0) / film.values.length;
    return Math.sqrt(film.values.reduce((a, b) => a + (b - mean) ** 2, 0) / film.values.length);
  };
  assertClose(spread(1e3) / spread(1e5), 10, { relative: 0.1 });
  const film = sheet(64, 64);
  film.values.fill(1);
  film.values.fill(9, 32 * 64 + 20, 32 * 64 + 24);
  expose(seededPrng(3), film, { ...quiet, scatter: 0.3 }, { pitchMm: 0.4 });
  assert(film.values[32 * 64 + 22] < 4, "a thin piece of lead is veiled by scatter");
});

Deno.test("heel effect: the top and left receive less light by the stated factor, so stored values are larger", () => {
  const w = 40, h = 50, heel = 0.3, heelAcross = 0.2;
  const film = sheet(w, h);
  film.values.fill(1);
  expose(seededPrng(4), film, { ...quiet, heel, heelAcross }, { pitchMm: 0.4 });
  const stored = (x: number, y: number) =>
    1 - Math.log(1 + heel * (2 * y / h - 1) + 2 * heelAcross * (x - w / 2) / w);
  for (const [x, y] of [[0, 0], [w / 2, 0], [w / 2, h - 1], [0, h / 2], [w - 1, h / 2], [w / 2, h / 2]]) {
    assertClose(film.values[y * w + x], stored(x, y), { absolute: 0.002 });
  }
  assert(film.values[w / 2] > film.values[(h - 1) * w + w / 2], "less light above, hence a larger value");
  assert(film.values[h / 2 * w] > film.values[h / 2 * w + w - 1], "and at the left");
});

Deno.test("without the logarithm a film stores minus four times the light to the power of gamma", () => {
  const film = sheet(8, 8);
  film.values.fill(0.5);
  expose(seededPrng(5), film, { ...quiet, logarithmic: false, gamma: 0.7 }, { pitchMm: 0.4 });
  assertClose(film.values[27], -4 * Math.exp(-0.5) ** 0.7, { absolute: 0.002 });
});

Deno.test("noise matches the photon count: 10 x exposure x pixel area", () => {
  const film = sheet(256, 256), exposure = 500, pitchMm = 0.5;
  film.values.fill(0);
  expose(seededPrng(6), film, { ...quiet, exposure, logarithmic: false, gamma: 1 }, { pitchMm });
  const light = film.values.map((v) => -v / 4), mean = light.reduce((a, b) => a + b, 0) / light.length;
  const sd = Math.sqrt(light.reduce((a, b) => a + (b - mean) ** 2, 0) / light.length);
  assertClose(sd, 1 / Math.sqrt(exposure * pitchMm * pitchMm * 10), { relative: 0.03 });
});

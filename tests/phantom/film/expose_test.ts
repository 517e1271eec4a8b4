import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { expose } from "../../../src/phantom/film/expose.ts";
import { sheet } from "../../../src/phantom/sheet/path_length.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";

/** No scatter, heel effect or blur, and so much exposure that noise is negligible. */
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

Deno.test("photon noise decreases with the square root of the exposure; scatter adds light behind lead", () => {
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
  assert(film.values[32 * 64 + 22] < 4, "scatter must add light behind a thin piece of lead");
});

Deno.test("heel effect: the top and left receive less light, by the shares `heel` and `heelAcross`, so stored values are larger", () => {
  const w = 40, h = 50, heel = 0.3, heelAcross = 0.2;
  const film = sheet(w, h);
  film.values.fill(1);
  expose(seededPrng(4), film, { ...quiet, heel, heelAcross }, { pitchMm: 0.4 });
  const stored = (x: number, y: number) =>
    1 - Math.log(1 + heel * (2 * y / h - 1) + 2 * heelAcross * (x - w / 2) / w);
  for (const [x, y] of [[0, 0], [w / 2, 0], [w / 2, h - 1], [0, h / 2], [w - 1, h / 2], [w / 2, h / 2]]) {
    assertClose(film.values[y * w + x], stored(x, y), { absolute: 0.002 });
  }
  assert(
    film.values[w / 2] > film.values[(h - 1) * w + w / 2],
    "the top receives less light, so its values must be larger",
  );
  assert(
    film.values[h / 2 * w] > film.values[h / 2 * w + w - 1],
    "the left receives less light, so its values must be larger",
  );
});

Deno.test("without the logarithm a film stores minus four times the light to the power of gamma", () => {
  const film = sheet(8, 8);
  film.values.fill(0.5);
  expose(seededPrng(5), film, { ...quiet, logarithmic: false, gamma: 0.7 }, { pitchMm: 0.4 });
  assertClose(film.values[27], -4 * Math.exp(-0.5) ** 0.7, { absolute: 0.002 });
});

Deno.test("noise matches the photon count: 10 x exposure x pixel area in mm2", () => {
  const film = sheet(256, 256), exposure = 500, pitchMm = 0.5;
  film.values.fill(0);
  expose(seededPrng(6), film, { ...quiet, exposure, logarithmic: false, gamma: 1 }, { pitchMm });
  const light = film.values.map((v) => -v / 4), mean = light.reduce((a, b) => a + b, 0) / light.length;
  const sd = Math.sqrt(light.reduce((a, b) => a + (b - mean) ** 2, 0) / light.length);
  assertClose(sd, 1 / Math.sqrt(exposure * pitchMm * pitchMm * 10), { relative: 0.03 });
});

/** Light that reaches the detector: a film without the logarithm and with gamma 1 stores -4 times this light. */
const light = (film: { values: Float32Array }) => film.values.map((v) => -v / 4);
const noiseFree = { ...quiet, exposure: 1e20, logarithmic: false, gamma: 1 };

Deno.test("light is exp(-L) plus the detector's offset of 2e-5, with L limited to 0 to 13.9", () => {
  const paths = [-0.5, 0, 0.5, 1.2345, 5, 13.89, 13.9, 14.5, 20], film = sheet(3, 3);
  film.values.set(paths);
  expose(seededPrng(1), film, noiseFree, { pitchMm: 0.4 });
  assertClose(light(film), paths.map((l) => Math.exp(-Math.min(13.9, Math.max(0, l))) + 2e-5), {
    relative: 4e-6,
  });
});

Deno.test("the logarithm is accurate to 1.3e-4 for attenuations from 0 to 6", () => {
  const film = sheet(256, 64), paths = Float32Array.from(film.values, (_, i) => 6 * i / film.values.length);
  film.values.set(paths);
  expose(seededPrng(1), film, { ...noiseFree, logarithmic: true }, { pitchMm: 0.4 });
  assertClose(film.values, paths.map((l) => -Math.log(Math.exp(-l) + 2e-5)), { absolute: 1.3e-4 });
});

/**
 * Exposes a film with two bright columns. Returns the root mean square distance of the light in one row from the
 * middle between the columns, px, and the sum of this light as a share of the light that enters the two columns. With
 * scatter, only the scattered light is counted.
 */
function spreadOf(change: Partial<typeof noiseFree>, pitchMm: number): { spreadPx: number; share: number } {
  const film = sheet(240, 240), columns = Array.from({ length: 240 }, (_, x) => x);
  film.values.fill(13.9);
  for (let y = 0; y < 240; y++) film.values[y * 240 + 119] = film.values[y * 240 + 120] = 0;
  expose(seededPrng(1), film, { ...noiseFree, ...change }, { pitchMm });
  const row = light(film).subarray(120 * 240, 121 * 240).map((v) => v - 2e-5 - Math.exp(-13.9));
  if (change.scatter) row[119] = row[120] = (row[118] + row[121]) / 2; // the primary light
  const all = row.reduce((sum, v) => sum + v, 0);
  const square = columns.reduce((sum, x) => sum + row[x] * (x - 119.5) ** 2, 0);
  return { spreadPx: Math.sqrt(square / all), share: all / 2 };
}

Deno.test("scatter and the detector's blur spread light by their width in mm at two pixel sizes; blur loses no light", () => {
  for (const pitchMm of [0.4, 0.5]) {
    // Widths that the approximation by three running means reproduces exactly.
    const blurred = spreadOf({ blurMm: Math.sqrt(12) * pitchMm }, pitchMm);
    assertClose([blurred.spreadPx, blurred.share], [Math.sqrt(12 + 0.25), 1], { relative: 0.01 });
    const step = Math.round(4 / pitchMm);
    const veil = spreadOf({ scatter: 0.3, scatterMm: Math.sqrt(6) * step * pitchMm }, pitchMm);
    assertClose([veil.spreadPx, veil.share], [Math.sqrt(6) * step, 0.3], { relative: 0.06 });
  }
});

Deno.test("no pixel gets less light than the minimum of 2e-5, and values just above it occur", () => {
  const film = sheet(128, 128);
  film.values.fill(13);
  expose(seededPrng(8), film, { ...noiseFree, exposure: 3500 }, { pitchMm: 0.4 });
  const found = light(film).toSorted();
  assertClose(found[0], 2e-5, { relative: 1e-6 });
  assert(found.some((v) => v > 2.01e-5 && v < 2.3e-5));
});

Deno.test("for one seed, exposed values equal stored reference values, and each row uses one random number", () => {
  const film = sheet(24, 16), prng = seededPrng(9), pitchMm = 0.4;
  for (let i = 0; i < film.values.length; i++) film.values[i] = i / 100;
  const processing = { ...quiet, scatter: 0.2, scatterMm: 6, blurMm: 0.3, heel: 0.1, exposure: 900 };
  expose(prng, film, processing, { pitchMm });
  const pinned = [0.07692, 0.264913, 1.121361, 1.710187, 2.456001, 3.002023];
  assertClose([0, 25, 123, 200, 301, 383].map((i) => film.values[i]), pinned, { absolute: 2e-6 });
  const other = seededPrng(9);
  for (let y = 0; y < 16; y++) other.integer(1 << 17);
  assertEquals(prng(), other());
});

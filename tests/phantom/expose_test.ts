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

Deno.test("without scatter and noise the logarithm gives back the attenuation (Beer and Lambert)", () => {
  const film = sheet(40, 40);
  for (let i = 0; i < film.values.length; i++) film.values[i] = i / 200;
  expose(seededPrng(1), film, quiet, { pitchMm: 0.4 });
  assertClose(film.values.subarray(0, 1200), Float32Array.from({ length: 1200 }, (_, i) => i / 200), {
    absolute: 0.012,
  });
});

Deno.test("photon noise falls with the square root of the exposure; scatter lifts the dark", () => {
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

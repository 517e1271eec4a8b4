import { seededPrng } from "../../src/array/seeded_prng.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import type { Radiograph } from "../../src/types.ts";
import { SHARED } from "./shared_films.ts";
import { filmOf } from "./test_film.ts";

/** An image without a hip, on which no head should be found. */
export interface NotHip {
  readonly name: string;
  readonly film: Radiograph;
}

/**
 * The first frame of every DICOM file in the folders below (except the hip RG2), then computed images. Files that
 * cannot be read are left out.
 */
export async function* notHips(): AsyncGenerator<NotHip> {
  for (const folder of ["generated", "pydicom-MIT", "pydicom-data-MIT", "pylibjpeg-data-MIT"]) {
    const names = [...Deno.readDirSync(new URL(`dicom/${folder}`, SHARED))].map(({ name }) => name).sort();
    for (const name of names) {
      if (name.startsWith("RG2_")) continue;
      const bytes = await Deno.readFile(new URL(`dicom/${folder}/${name}`, SHARED));
      try {
        yield { name: `${folder}/${name}`, film: await parseRadiograph(bytes, { name, frame: 0 }) };
      } catch (error) {
        if (!(error instanceof RadiographError)) throw error;
      }
    }
  }
  yield* computedImages();
}

/** Blank images, ramps, fine and coarse noise, round spots. */
function* computedImages(): Generator<NotHip> {
  const size = 600,
    make = (value: (x: number, y: number) => number) =>
      filmOf({
        widthPx: size,
        heightPx: size,
        pixels: Float32Array.from({ length: size * size }, (_, i) => value(i % size, Math.floor(i / size))),
      });
  for (const grey of [0, 128, 255]) yield { name: `blank ${grey}`, film: make(() => grey) };
  yield { name: "ramp", film: make((x, y) => x + y) };
  for (let k = 0; k < 6; k++) {
    const prng = seededPrng(1).fork(k);
    yield { name: `white noise ${k}`, film: make(() => prng.normal()) };
    const cell = 12 * 2 ** (k >> 1), side = Math.ceil(size / cell) + 2;
    const grid = Float32Array.from({ length: side * side }, () => prng.normal());
    const smooth = (x: number, y: number) => {
      const u = x / cell, v = y / cell, i = Math.floor(u), j = Math.floor(v), a = u - i, b = v - j;
      const at = j * side + i;
      return (grid[at] * (1 - a) + grid[at + 1] * a) * (1 - b) +
        (grid[at + side] * (1 - a) + grid[at + side + 1] * a) * b;
    };
    yield { name: `clouds of ${cell} px, ${k}`, film: make((x, y) => smooth(x, y) + 0.05 * prng.normal()) };
    const [cx, cy, r] = [150 + 300 * prng(), 150 + 300 * prng(), 30 + 60 * prng()];
    yield {
      name: `disc ${k}`,
      film: make((x, y) =>
        (Math.hypot(x - cx, y - cy) < r ? 1 : 0) + 0.1 * prng.normal() + 0.3 * smooth(x, y)
      ),
    };
  }
}

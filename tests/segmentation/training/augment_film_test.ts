import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { openModel } from "../../../src/onnx/open_model.ts";
import { augmentFilm } from "../../../src/segmentation/training/augment_film.ts";
import {
  type FilmPool,
  filmPool,
  IMPLANT,
  LEFT_HEAD,
  RIGHT_HEAD,
} from "../../../src/segmentation/training/film_pool.ts";
import { unetMaps } from "../../../src/segmentation/training/unet.ts";
import { exportNetwork } from "../../../src/training/graph/export_network.ts";
import { flatBinding } from "../../../src/training/graph/flat_binding.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { initialise } from "../../../src/training/graph/layout.ts";

/**
 * Two bright discs, a right head at the image's left and a left head at its right, and an implant above the middle
 * between them.
 */
function pool(): FilmPool {
  const films = filmPool({ count: 1, sizePx: 160 });
  films.shapes.set([160, 120]);
  films.heads.set([45, 60, 12, 115, 60, 12]);
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 160; x++) {
      const at = y * 160 + x,
        right = Math.hypot(x - 45, y - 60) <= 12,
        left = Math.hypot(x - 115, y - 60) <= 12;
      films.pixels[at] = 60 + (x % 16) + (right || left ? 120 : 0);
      films.labels[at] = right
        ? RIGHT_HEAD
        : left
        ? LEFT_HEAD
        : Math.hypot(x - 80, y - 30) <= 8
        ? IMPLANT
        : 0;
    }
  }
  return films;
}

Deno.test("the same seed gives the same example; inputs stay from -1 to 1, targets from 0 to 1, and most targets are 0 or 1", () => {
  const films = pool();
  for (let k = 0; k < 20; k++) {
    const a = augmentFilm(films, 0, { prng: seededPrng(k), sizePx: 64, windowRadii: 6 });
    const b = augmentFilm(films, 0, { prng: seededPrng(k), sizePx: 64, windowRadii: 6 });
    assertEquals(a.input, b.input);
    assertEquals(a.target, b.target);
    assert(a.input.every((v) => v >= -1 && v <= 1));
    assert(a.target.every((v) => v >= 0 && v <= 1));
    const between = a.target.filter((v) => v > 0 && v < 1).length,
      inside = a.target.filter((v) => v === 1).length;
    assert(between <= 0.5 * inside + 64, `${between} of ${inside}`);
  }
});

Deno.test("the left head is on the window's right, also in mirrored windows; some windows with metal have no head; the polarity target is the same for all pixels", () => {
  const films = pool(), n = 64 * 64;
  let both = 0, upright = 0, headless = 0, negatives = 0;
  for (let k = 0; k < 300; k++) {
    const { target } = augmentFilm(films, 0, { prng: seededPrng(k), sizePx: 64, windowRadii: 6 });
    const middle = (keep: (i: number) => boolean) => {
      let x = 0, y = 0, count = 0;
      for (let i = 0; i < n; i++) if (keep(i)) x += i % 64, y += Math.floor(i / 64), count++;
      return { x: x / count, y: y / count, found: count > 8 };
    };
    const left = middle((i) => target[n + i] === 1), metal = middle((i) => target[2 * n + i] === 1);
    const right = middle((i) => target[i] === 1 && target[n + i] === 0);
    if (left.found && right.found) {
      both++;
      if (left.x > right.x) upright++;
      if (metal.found) { // the implant is above the heads, so its position shows whether the window is upright
        const across = [left.x - right.x, left.y - right.y];
        const up = [metal.x - (left.x + right.x) / 2, metal.y - (left.y + right.y) / 2];
        assert(across[0] * up[1] < across[1] * up[0], `example ${k}: left and right are swapped`);
      }
    }
    // The metal is close to both heads, so a window that shows it without any head is not upright: heads are then
    // removed from the target.
    if (metal.found && !target.subarray(0, n).some((share) => share > 0)) headless++;
    assert(target.subarray(n, 2 * n).every((bit, i) => bit <= target[i])); // left is part of head
    const polarity = target[3 * n];
    negatives += polarity;
    assert(target.subarray(3 * n).every((bit) => bit === polarity));
  }
  assert(both > 90 && upright === both, `${both} with both heads, ${upright} upright`);
  assert(headless > 3 && headless < 60, `${headless} windows with metal and without a head`);
  assert(negatives > 5 && negatives < 40, `${negatives} inverted windows`);
});

Deno.test("an image's four probability maps are the same in a batch of 3 and alone", async () => {
  const binding = flatBinding(), g = new Graph({ binding });
  unetMaps(g, g.param, g.input("film", [1, 2, 64, 64]));
  const layout = binding.layout(), prng = seededPrng(1);
  const network = {
    layout,
    parameters: initialise(layout.parameters, prng),
    statistics: initialise(layout.statistics, prng),
  };
  const bytes = exportNetwork(unetMaps, network, { shape: [2, 64, 64], input: "film", output: "maps" });
  const model = await openModel(bytes, { device: "cpu", threads: 1 });
  const data = Float32Array.from({ length: 3 * 2 * 64 * 64 }, () => prng());
  const { maps } = await model.run({ film: { data, dims: [3, 2, 64, 64] } });
  assertEquals(maps.dims, [3, 4, 64, 64]);
  assert(maps.data.every((p) => p > 0 && p < 1));
  const alone = await model.run({
    film: { data: data.slice(2 * 64 * 64, 4 * 64 * 64), dims: [1, 2, 64, 64] },
  });
  assertClose(alone.maps.data, maps.data.subarray(4 * 64 * 64, 8 * 64 * 64), { relative: 0, absolute: 0 });
  await model.close();
});

Deno.test("windows are centred also on hips without a head: the implant is large in more than 30 of 100 windows", () => {
  const films = pool(), n = 64 * 64;
  films.heads.fill(0);
  films.headless.set([80, 30, 8]);
  let metal = 0;
  for (let k = 0; k < 100; k++) {
    const { target } = augmentFilm(films, 0, { prng: seededPrng(k), sizePx: 64, windowRadii: 6 });
    if (target.subarray(2 * n, 3 * n).filter((bit) => bit === 1).length > 0.02 * n) metal++;
  }
  assert(metal > 30, `${metal} of 100 windows show the metal large`);
});

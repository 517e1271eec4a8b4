import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { trainingFilm } from "../../../src/phantom/film/training_film.ts";

Deno.test("training films: requested size, greys from 0 to 1, a mask only if there are heads, reproducible by seed", () => {
  let heads = 0;
  for (let i = 0; i < 24; i++) {
    const film = trainingFilm(seededPrng(i), { sizePx: 160 });
    assertEquals(Math.max(film.widthPx, film.heightPx), 160);
    assertEquals(film.pixels.length, film.widthPx * film.heightPx);
    assert(film.pixels.every((v) => v >= 0 && v <= 1));
    const area = film.mask.reduce((n, v) => n + v, 0);
    assert(film.kind !== "negative" || area === 0, `film ${i} is of the kind without heads but has one`);
    assertEquals(area > 0, film.heads.some((h) => h.mask.some((v) => v)));
    heads += film.heads.length;
  }
  assert(heads > 20);
  assertEquals(trainingFilm(seededPrng(5), { sizePx: 160 }), trainingFilm(seededPrng(5), { sizePx: 160 }));
});

Deno.test("if only films without heads are requested, no film shows a head", () => {
  for (let i = 0; i < 12; i++) {
    const film = trainingFilm(seededPrng(i), { sizePx: 128, negativeShare: 1 });
    assertEquals([film.kind, film.heads.length, film.mask.includes(1)], ["negative", 0, false]);
  }
});

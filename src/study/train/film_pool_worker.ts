import { seededPrng } from "../../array/seeded_prng.ts";
import { type TrainingFilm, trainingFilm } from "../../phantom/film/training_film.ts";
import { type FilmPool, IMPLANT, LEFT_HEAD, RIGHT_HEAD } from "../../segmentation/training/film_pool.ts";
import { serveJobs } from "../../workers/serve_jobs.ts";

/**
 * Writes a film and its labels (heads, implants) to place `at` of the pool. An inverted film is inverted back first, so
 * that bone is bright.
 */
function store(pool: FilmPool, at: number, film: TrainingFilm): void {
  const { sizePx } = pool, start = at * sizePx * sizePx;
  pool.shapes.set([film.widthPx, film.heightPx], 2 * at);
  for (let y = 0; y < film.heightPx; y++) {
    for (let x = 0; x < film.widthPx; x++) {
      const grey = film.pixels[y * film.widthPx + x];
      pool.pixels[start + y * sizePx + x] = Math.round(255 * (film.inverted ? 1 - grey : grey));
    }
  }
  const paint = (x: number, y: number, bit: number) => {
    if (x >= 0 && y >= 0 && x < film.widthPx && y < film.heightPx) pool.labels[start + y * sizePx + x] |= bit;
  };
  for (const { centerPx: [cx, cy], radiusPx } of film.implants) {
    for (let y = Math.floor(cy - radiusPx); y <= cy + radiusPx; y++) {
      for (let x = Math.floor(cx - radiusPx); x <= cx + radiusPx; x++) {
        if (Math.hypot(x - cx, y - cy) <= radiusPx) paint(x, y, IMPLANT);
      }
    }
  }
  [...film.implants, ...film.emptySockets].forEach(({ centerPx: [x, y], radiusPx }, k) => {
    if (x > 0 && y > 0 && x < film.widthPx && y < film.heightPx) {
      pool.headless.set([x, y, radiusPx], 6 * at + 3 * k);
    }
  });
  film.heads.forEach(({ side, centerPx, radiusPx, boxPx, mask, visible }, k) => {
    const bit = side === "left" ? LEFT_HEAD : RIGHT_HEAD;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i]) paint(boxPx.x + i % boxPx.width, boxPx.y + Math.floor(i / boxPx.width), bit);
    }
    if (visible > 0.5) pool.heads.set([centerPx[0], centerPx[1], radiusPx], 6 * at + 3 * k);
  });
}

// Worker of `fillFilmPool`. A job renders the films `from` to `to - 1`.
serveJobs<{ pool: FilmPool; first: number; seed: number }, { from: number; to: number }, number>((start) => {
  const { pool, first, seed } = start, chance = seededPrng(seed);
  return Promise.resolve(({ from, to }, beat) => {
    for (let i = from; i < to; i++) {
      store(pool, first + i, trainingFilm(chance.fork(`film ${i}`), { sizePx: pool.sizePx }));
      beat();
    }
    return Promise.resolve(to - from);
  });
});

import { type Prng, seededPrng } from "../../array/seeded_prng.ts";
import type { Buffers, Recipe } from "../../training/loop/recipe.ts";
import { augmentFilm, type FilmExample } from "./augment_film.ts";
import type { FilmPool } from "./film_pool.ts";
import { unet, unetMaps } from "./unet.ts";
import { unetLoss } from "./unet_loss.ts";

/** Settings of one training run of the U-Net, as plain data. */
export interface UnetSettings {
  /** Side of the network's input in pixels. */
  readonly inputPx: number;
  /** Typical side of windows around a hip, in radii of its head. */
  readonly windowRadii: number;
  /** Examples per step. */
  readonly batch: number;
  /** Number of films at the end of the pool that are used for validation only. */
  readonly validationFilms: number;
  /** Random seed. */
  readonly seed: number;
  /** The pool's first `count` films provide `share` of the training windows, the other training films the rest. */
  readonly favoured?: { readonly count: number; readonly share: number };
  /** Size of the film pool. */
  readonly pool: { readonly count: number; readonly sizePx: number };
}

/** Number of examples in a validation, rounded up to whole batches. */
const VALIDATION_EXAMPLES = 64;

function pack(examples: readonly FilmExample[], sizePx: number): Record<string, Float32Array> {
  const n = sizePx * sizePx;
  const film = new Float32Array(examples.length * 2 * n), target = new Float32Array(examples.length * 4 * n);
  examples.forEach((example, i) => {
    film.set(example.input, 2 * n * i);
    target.set(example.target, 4 * n * i);
  });
  return { film, target };
}

/** The recipe that the training worker runs: batches drawn from the pool, and one minus the mean Dice as the score. */
export function recipe(settings: UnetSettings, buffers: Buffers): Recipe {
  const { inputPx: sizePx, windowRadii, batch, validationFilms, seed, favoured } = settings;
  const pool = { ...settings.pool, ...buffers } as unknown as FilmPool;
  const trainFilms = pool.count - validationFilms;
  const n = sizePx * sizePx;
  const draw = (prng: Prng) => {
    if (!favoured || favoured.count === 0) return prng.integer(trainFilms);
    return prng() < favoured.share
      ? prng.integer(favoured.count)
      : favoured.count + prng.integer(trainFilms - favoured.count);
  };
  return {
    build(g, param) {
      const film = g.input("film", [batch, 2, sizePx, sizePx]);
      const target = g.input("target", [batch, 4, sizePx, sizePx]);
      return { loss: unetLoss(unet(g, param, film), target) };
    },
    batch(_step, prng) {
      const examples = Array.from(
        { length: batch },
        () => augmentFilm(pool, draw(prng), { prng, sizePx, windowRadii }),
      );
      return pack(examples, sizePx);
    },
    evaluate: (g, param) => ({ maps: unetMaps(g, param, g.input("film", [batch, 2, sizePx, sizePx])) }),
    async validate(run) {
      const prng = seededPrng(seed).fork("validation");
      let sum = 0, count = 0;
      for (let done = 0; done < VALIDATION_EXAMPLES; done += batch) {
        const examples = Array.from(
          { length: batch },
          () => augmentFilm(pool, trainFilms + prng.integer(validationFilms), { prng, sizePx, windowRadii }),
        );
        const { film, target } = pack(examples, sizePx);
        const { maps } = await run({ film });
        for (let i = 0; i < batch; i++) {
          let both = 0, either = 0;
          for (let k = 4 * n * i; k < 4 * n * i + n; k++) {
            const bit = maps[k] >= 0.5 ? 1 : 0;
            both += bit * target[k];
            either += bit + target[k];
          }
          if (either === 0) continue; // no head is present and none was found
          sum += 2 * both / either;
          count++;
        }
      }
      return 1 - sum / Math.max(1, count);
    },
  };
}

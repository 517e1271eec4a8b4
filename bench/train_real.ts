/**
 * The models folder of real heads, `models/real`: goes on from the synthetic network on the intact heads of real films, refers to others:
 *
 *     deno task bench bench/train_real.ts [--films DIR] [--from MODELS] [--out DIR] [--seed N]
 *
 * DIR holds PNG films and `films.json` (heads with circles, `group`, and `use`: `train` or `measure`). Learns from the `train` films, the last
 * fifth of them validation; the heads of the `measure` films, of which no network ever learns, are the reference. Films that show a
 * fracture or one hip are left out of both. Nobody graded the heads: they are assumed healthy. Writes no picture.
 */
import { parseArgs } from "node:util";
import { encodePng } from "../src/image/encode_png.ts";
import { fileStudyCohort, SHIPPED_MODELS, trainVaeModels } from "../src/mod.ts";
import { readRealFilms, type RealFilm } from "./read_real_films.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: new URL("../../shared/data/films", import.meta.url).pathname },
    from: { type: "string", default: SHIPPED_MODELS },
    out: { type: "string", default: `${SHIPPED_MODELS}/real` },
    seed: { type: "string", default: "1" },
  },
});
const VALIDATION_SHARE = 0.2;

const films = await readRealFilms(values.films);
const intact = films.filter(({ group }) => !group.includes("fracture") && !group.includes("one_head"));
const train = intact.filter(({ use }) => use === "train");
// Neighbours in the list can be one patient's: the validation films are a run of neighbours.
const firstValidation = train[Math.round((1 - VALIDATION_SHARE) * train.length)].name;
const work = await Deno.makeTempDir({ prefix: "caput_real_" });
try {
  const rows = ["radiograph,patient,side,grade,mask,split"];
  for (const film of intact) {
    const mask = `${work}/${film.name}`;
    await Deno.writeFile(mask, circles(film));
    const split = film.use === "measure" ? "held-out" : film.name >= firstValidation ? "validation" : "train";
    film.heads.forEach(({ side }) =>
      rows.push(`${values.films}/${film.name},${film.name},${side},0,${mask},${split}`)
    );
  }
  await Deno.writeTextFile(`${work}/cohort.csv`, `${rows.join("\n")}\n`);
  const cohort = await fileStudyCohort(`${work}/cohort.csv`, {
    ...{ name: "FracAtlas", root: "/", out: `${work}/study` },
  });
  const { vae, judged, train: learnt, validation } = await trainVaeModels(cohort, {
    ...{ out: values.out, from: values.from, work: `${work}/study`, seed: Number(values.seed) },
    reference: "FracAtlas",
    note: (line) => console.error(line),
    onFailure: ({ row, message }) => console.error(`row ${row}: ${message}`),
    onProgress: ({ step, steps, loss, validation }) => {
      if (validation?.step === step) console.error(`step ${step} of ${steps}: loss ${loss.toFixed(4)}`);
    },
  });
  const { n } = judged!.normative.reference;
  console.log(
    `${learnt} heads to learn from, ${validation} to choose by, ${n} in the reference; ${vae.steps} steps (${vae.reason}), ` +
      `reconstruction error ${vae.reconstructionError.toFixed(4)}; wrote ${values.out}`,
  );
} finally {
  await Deno.remove(work, { recursive: true });
}

/** The circles of a film's heads as a mask. */
function circles({ widthPx, heightPx, heads }: RealFilm): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(widthPx * heightPx);
  for (const { centerPx: [x, y], radiusPx } of heads) {
    for (let i = 0; i < samples.length; i++) {
      if (Math.hypot(i % widthPx - x, Math.floor(i / widthPx) - y) <= radiusPx) samples[i] = 255;
    }
  }
  return encodePng({ widthPx, heightPx, samples }, { level: 1 });
}

/**
 * Makes the models folder of real heads, `models/real`: continues the training of the network for synthetic heads on
 * intact heads of real films, with other real heads as the reference:
 *
 *     deno task bench bench/latent/train_real.ts [--films DIR] [--from MODELS] [--out DIR] [--seed N]
 *
 * The folder of `--films` holds PNG films and `films.json` (heads with circles, `group`, and `use`: `train` or
 * `measure`). Trains on the `train` films, with the last fifth of these films for validation. The heads of the
 * `measure` films, on which no network is ever trained, are the reference. Films that show a fracture or only one hip
 * are excluded. Nobody graded the heads: they are assumed healthy. No images are written.
 */
import { parseArgs } from "node:util";
import { encodePng } from "../../src/image/encode_png.ts";
import { fileStudyCohort, SHIPPED_MODELS, trainVaeModels } from "../../src/mod.ts";
import { readRealFilms, type RealFilm } from "../labelled_films/read_real_films.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: new URL("../../../shared/data/films", import.meta.url).pathname },
    from: { type: "string", default: SHIPPED_MODELS },
    out: { type: "string", default: `${SHIPPED_MODELS}/real` },
    seed: { type: "string", default: "1" },
  },
});
const VALIDATION_SHARE = 0.2;

const films = await readRealFilms(values.films);
const intact = films.filter(({ group }) => !group.includes("fracture") && !group.includes("one_head"));
const train = intact.filter(({ use }) => use === "train");
// Neighbouring films in the list can be of the same patient, so the validation films are a contiguous block.
const firstValidation = train[Math.round((1 - VALIDATION_SHARE) * train.length)].name;
let lastReported = 0;
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
  await Deno.mkdir(values.out, { recursive: true });
  await writeCard(`${values.out}/README.md`);
  await shareUnet(values.out, values.from);
  const { vae, judged, train: trainHeads, validation } = await trainVaeModels(cohort, {
    ...{ out: values.out, from: values.from, work: `${work}/study`, seed: Number(values.seed) },
    reference: "FracAtlas",
    note: (line) => console.error(line),
    onFailure: ({ row, message }) => console.error(`row ${row}: ${message}`),
    onProgress: ({ step, steps, loss, validation }) => {
      if (validation && validation.step !== lastReported) {
        console.error(`step ${lastReported = validation.step} of ${steps}: loss ${loss.toFixed(4)}`);
      }
      if (step === steps) console.error(`step ${step} of ${steps}`);
    },
  });
  const { n } = judged!.normative.reference;
  console.log(
    `${trainHeads} training heads, ${validation} validation heads, ${n} in the reference; ${vae.steps} steps (${vae.reason}), ` +
      `reconstruction error ${vae.reconstructionError.toFixed(4)}; wrote ${values.out}`,
  );
} finally {
  await Deno.remove(work, { recursive: true });
}

/**
 * Makes the plan in `out` refer to the segmentation network in `from`, which both folders share, in case that network
 * was replaced.
 */
async function shareUnet(out: string, from: string): Promise<void> {
  const read = async (folder: string) => JSON.parse(await Deno.readTextFile(`${folder}/plan.json`));
  const plan = await read(out), { models, segmentation } = await read(from);
  const shared = { ...plan, segmentation, models: { ...plan.models, "unet.onnx": models["unet.onnx"] } };
  await Deno.writeTextFile(`${out}/plan.json`, `${JSON.stringify(shared, null, 2)}\n`);
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

/** Writes the introduction of the model card, unless there is a card. */
async function writeCard(path: string): Promise<void> {
  const there = await Deno.stat(path).then(() => true, () => false);
  if (there) return;
  await Deno.writeTextFile(
    path,
    `# Model card: a reference of real heads

**Research and teaching only, not a medical device.** The training of this autoencoder started from the synthetic one in the folder above and
continued on heads of real films. \`plan.json\` refers to the U-Net of the folder above. Percentiles are ranks among other real heads.

- **Films**: FracAtlas (Abedeen et al. 2023, Sci Data 10:521, doi 10.1038/s41597-023-02432-4, figshare 22363012), CC BY 4.0, adults, hospitals of
  one country (Bangladesh). Most are small: 454 x 373 pixels, a head about 50 pixels across.
- **Assumed healthy**: nobody graded these heads. Used were complete heads of pelvis films on which no fracture was seen; films of one hip and films
  with a fracture were excluded. Early osteonecrosis is not visible on films, so some of the heads may have it.
- **Reference**: heads of films on which no network was trained. Neighbouring films may show the same patient; the data do not say so.
- **Use**: real films. \`caput score\` and the page's drop zone use this folder unless \`--models\` names another; studies use their own.
- **Contents**: networks, mean and covariance of latent vectors, distances and limits. No images.
- A film unlike these (one hip, another view, other contrast or grain) is flagged, and its scores may be unreliable.
- Whether the distance detects osteonecrosis on real films has not been shown: we know of no graded real films.

Made by \`deno task bench bench/latent/train_real.ts\`, which needs the films; they are not part of the project.
`,
  );
}

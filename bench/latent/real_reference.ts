/**
 * How close synthetic healthy heads are to real ones in the latent space of the network in `models/real`: the share of
 * synthetic heads within the 95 % range of the held-out real heads' distances. The films are as small as the real ones
 * (heads with a radius of about 25 pixels).
 *
 *   deno task bench bench/latent/real_reference.ts [--films N] [--seed N] [--width PX]
 */
import { parseArgs } from "node:util";
import { quantile } from "../../src/array/quantile.ts";
import { loadModels } from "../../src/mod.ts";
import { paperCohort, patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { scoreFilm } from "../../src/study/score/score_film.ts";

const { values } = parseArgs({
  options: {
    films: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    width: { type: "string", default: "454" },
  },
});
const models = await loadModels(new URL("../../models/real", import.meta.url).pathname, { device: "cpu" });
const real = Float64Array.from(models.normative.referenceDistances).sort();
const [low, high] = [quantile(real, 0.025), quantile(real, 0.975)];
const healthy = paperCohort(Number(values.seed)).patients.filter(({ options, split }) =>
  split !== "held-out" && options.grades.every((grade) => grade === 0)
).slice(0, Number(values.films));
const distances: number[] = [];
for (const plan of healthy) {
  const { image } = renderRadiograph(patientOf(plan), { widthPx: Number(values.width) });
  const top = 2 ** image.bitsStored - 1, dark = image.photometric === "MONOCHROME1";
  const samples = Uint8Array.from(image.stored, (v) => Math.round(255 * (dark ? top - v : v) / top));
  const bytes = encodePng({ widthPx: image.widthPx, heightPx: image.heightPx, samples }, { level: 1 });
  for (const { distance } of (await scoreFilm(await parseRadiograph(bytes), models)).heads) {
    distances.push(distance);
  }
}
const within = distances.filter((d) => d >= low && d <= high).length,
  middle = (v: ArrayLike<number>) => quantile(Float64Array.from(v).sort(), 0.5).toFixed(1);
console.log(
  `${models.normative.reference.n} held-out real heads: median ${middle(real)}, 95 % from ${
    low.toFixed(1)
  } to ${high.toFixed(1)}\n` +
    `${distances.length} synthetic healthy heads: median ${middle(distances)}; ${within} (${
      (100 * within / distances.length).toFixed(0)
    } %) within that range`,
);

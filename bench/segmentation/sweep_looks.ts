/**
 * Which settings of the two passes over a film suit a network: input sizes of both, the side of the second pass's
 * windows in head radii, and whether each window is also segmented mirrored. Tries one plan after another on
 * development films (real films marked `train`, and `--ct` films ray-cast from CT volumes with seed 2) and prints, for
 * each, the share of heads found with IoU >= 0.5 and >= 0.75, the mean IoU, the number of false heads and of correct
 * heads marked `low-confidence`, and the time per film.
 *
 *   deno task bench bench/segmentation/sweep_looks.ts [--models DIR] [--ct 60] [--plans JSON]
 *
 * `--plans '[{"windowRadii":6,"inputPx":192}]'` tries these changes to the models' own plan; without it, a list of
 * common ones.
 */
import { parseArgs } from "node:util";
import { openModel } from "../../src/onnx/open_model.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import type { SegmentationPlan } from "../../src/types.ts";
import { ctFilms } from "../labelled_films/ct_films.ts";
import { judgeFilm } from "../labelled_films/judge_film.ts";
import { sharedFilms } from "../labelled_films/shared_films.ts";
import { summarise } from "../labelled_films/summarise.ts";
import type { TestFilm } from "../labelled_films/test_film.ts";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: SHIPPED_MODELS },
    ct: { type: "string", default: "60" },
    plans: { type: "string" },
  },
});
const { plan, files } = await readModels(values.models, { need: ["unet.onnx"] });
const unet = await openModel(files["unet.onnx"], { device: "cpu", threads: 1 });
const usual: Partial<SegmentationPlan>[] = [
  {},
  { mirrored: !plan.segmentation.mirrored },
  ...[[3.5, 128], [4, 128], [5, 160], [6, 192], [7, 192], [8, 192]].map(([windowRadii, inputPx]) => ({
    windowRadii,
    inputPx,
  })),
  ...[160, 224, 256].map((firstPx) => ({ firstPx })),
];
const sets: Record<string, readonly TestFilm[]> = {
  real: await sharedFilms("train"),
  CT: await ctFilms({ count: Number(values.ct), seed: 2, folder: ".cache/ct_films" }),
};
const percent = (share: number) => (100 * share).toFixed(1);
for (const change of values.plans ? JSON.parse(values.plans) : usual) {
  const results: string[] = [];
  for (const [name, films] of Object.entries(sets)) {
    const judged = [], start = performance.now();
    for (const film of films) {
      const radiograph = await film.read();
      const found = await segmentHeads(radiograph, unet, { ...plan.segmentation, ...change });
      judged.push(judgeFilm(film, found, radiograph));
    }
    const { iou50, iou75, meanIou, falseHeads, doubtfulRight } = summarise(judged);
    results.push(
      `${name} ${percent(iou50)} / ${percent(iou75)} %, mean ${meanIou.toFixed(3)}, ${falseHeads} false, ` +
        `${doubtfulRight} doubtful, ${((performance.now() - start) / films.length).toFixed(0)} ms`,
    );
  }
  console.log(`${JSON.stringify(change)}: ${results.join(" | ")}`);
}

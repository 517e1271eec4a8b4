/**
 * Finds values for `HEAD_THRESHOLDS` (src/segmentation/looks/judge_head.ts): segments development films, stores the
 * evidence for every candidate, and then tries settings of one threshold after another.
 *
 *   deno task bench bench/segmentation/tune_thresholds.ts [--models DIR] [--ct 60] [--hard 60] [--evidence FILE]
 *
 * Films: the 60 real films marked `train`, films cast from CT with seed 2, hard synthetic films, and films without a
 * hip; never the films used for reporting. Prints, for each setting, the number of heads found (IoU >= 0.5), those with
 * IoU >= 0.75, those found and not marked `low-confidence`, and the false heads, not marked and marked. `--evidence`
 * writes the evidence for and against every candidate as JSON.
 */
import { parseArgs } from "node:util";
import { openModel } from "../../src/onnx/open_model.ts";
import { patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import type { BoxedMask } from "../../src/masks/boxed_mask.ts";
import { intersectionOverUnion } from "../../src/segmentation/outline/dice.ts";
import { filmOverview } from "../../src/segmentation/view/film_overview.ts";
import { type FilmView, MIRRORED_VIEW, PLAIN_VIEW } from "../../src/segmentation/view/film_view.ts";
import {
  findCandidates,
  type FoundCandidate,
  lookAtFilm,
} from "../../src/segmentation/looks/find_candidates.ts";
import { HEAD_THRESHOLDS, type HeadThresholds } from "../../src/segmentation/looks/judge_head.ts";
import { judgeCandidates, mergeLooks } from "../../src/segmentation/looks/merge_looks.ts";
import { meanMaps } from "../../src/segmentation/looks/predict_maps.ts";
import { DOUBT_VIEWS, isInDoubt } from "../../src/segmentation/segment_heads.ts";
import { assignSides } from "../../src/segmentation/sides/assign_sides.ts";
import { filmOf as phantomFilm, phantomCohort } from "../../src/study/cohort/phantom_film.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import type { GreyImage, GreyValues, Radiograph } from "../../src/types.ts";
import { ctFilms } from "../labelled_films/ct_films.ts";
import { notHips } from "../labelled_films/not_hips.ts";
import { sharedFilms } from "../labelled_films/shared_films.ts";
import { discMask } from "../labelled_films/test_film.ts";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: SHIPPED_MODELS },
    ct: { type: "string", default: "60" },
    hard: { type: "string", default: "60" },
    evidence: { type: "string" },
  },
});
const { plan: { segmentation: plan }, files } = await readModels(values.models, { need: ["unet.onnx"] });
const unet = await openModel(files["unet.onnx"], { device: "cpu", threads: 1 });

/** One film: its candidates from the plain view (`once`) and from several views, and the true heads. */
interface SegmentedFilm {
  readonly set: string;
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly once: readonly FoundCandidate[];
  readonly views: readonly FoundCandidate[];
  readonly truths: readonly BoxedMask[];
  readonly optional: readonly BoxedMask[];
}

const segmented: SegmentedFilm[] = [];

async function segmentFilm(
  set: string,
  { name, film, truths, optional = [] }: {
    name: string;
    film: Radiograph;
    truths: readonly BoxedMask[];
    optional?: readonly BoxedMask[];
  },
): Promise<void> {
  const image: GreyImage<GreyValues> = { ...film, kind: "grey-image" }, { widthPx, heightPx } = film;
  const overview = filmOverview(image).image,
    plain = plan.mirrored ? [PLAIN_VIEW, MIRRORED_VIEW] : [PLAIN_VIEW];
  const find = async (views: readonly FilmView[]) => {
    const first = meanMaps(await lookAtFilm(overview, { views, unet, plan }));
    return await findCandidates(image, { first, views, unet, plan });
  };
  const once = await find(plain), views = await find(DOUBT_VIEWS);
  segmented.push({ set, name, widthPx, heightPx, once, views, truths, optional });
}

for (const film of await sharedFilms("train")) {
  const radiograph = await film.read(),
    discs = (list: typeof film.heads) => list.map((h) => discMask(h, radiograph));
  await segmentFilm("real", {
    ...film,
    film: radiograph,
    truths: discs(film.heads),
    optional: discs(film.optional),
  });
}
console.error("real films segmented");
for (const film of await ctFilms({ count: Number(values.ct), seed: 2, folder: ".cache/ct_films" })) {
  const radiograph = await film.read(),
    discs = (list: typeof film.heads) => list.map((h) => discMask(h, radiograph));
  await segmentFilm("CT", {
    ...film,
    film: radiograph,
    truths: discs(film.heads),
    optional: discs(film.optional),
  });
}
console.error("CT films segmented");
for (const patient of phantomCohort("hard", 7).patients.slice(0, Number(values.hard))) {
  const { png, truth } = phantomFilm(patientOf(patient));
  await segmentFilm("hard", { name: patient.name, film: await parseRadiograph(png), truths: truth });
}
console.error("hard synthetic films segmented");
for await (const { name, film } of notHips()) await segmentFilm("none", { name, film, truths: [] });
if (values.evidence) {
  const candidates = segmented.flatMap(({ set, name, once, views, truths }) =>
    ([["once", once], ["views", views]] as const).flatMap(([look, found]) =>
      found.map(({ candidate: { outline }, evidence }) => {
        const iou = Math.max(0, ...truths.map((truth) => intersectionOverUnion(outline, truth)));
        return { set, name, look, iou, ...evidence };
      })
    )
  );
  await Deno.writeTextFile(values.evidence, JSON.stringify(candidates));
}

/** The heads that are reported on a film with given thresholds. */
function decide({ once, views, ...size }: SegmentedFilm, thresholds: HeadThresholds) {
  const seen = assignSides(judgeCandidates(once, thresholds));
  return isInDoubt(seen, size) ? assignSides(mergeLooks({ once, views }, thresholds)).kept : seen.kept;
}

/** Heads found and false heads with given thresholds, as text. */
function inWords(thresholds: HeadThresholds): string {
  return ["real", "CT", "hard", "none"].map((set) => {
    let there = 0, found = 0, close = 0, foundSure = 0, wrongSure = 0, wrongDoubtful = 0;
    for (const film of segmented.filter((film) => film.set === set)) {
      const kept = decide(film, thresholds).map(({ candidate }) => candidate);
      there += film.truths.length;
      for (const truth of film.truths) {
        const ious = kept.map(({ outline }) => intersectionOverUnion(outline, truth)),
          best = Math.max(0, ...ious);
        if (best < 0.5) continue;
        found++;
        if (best >= 0.75) close++;
        if (!kept[ious.indexOf(best)].doubtful) foundSure++;
      }
      for (const { outline, doubtful } of kept) {
        const isTrue = [...film.truths, ...film.optional].some((mask) =>
          intersectionOverUnion(outline, mask) >= 0.3
        );
        if (!isTrue) doubtful ? wrongDoubtful++ : wrongSure++;
      }
    }
    const of = there ? `${found} of ${there} found, ${close} close, ${foundSure} sure, ` : "";
    return `${set} ${of}false ${wrongSure} + ${wrongDoubtful}`;
  }).join(" | ");
}

console.log(
  "found: IoU >= 0.5; close: IoU >= 0.75; sure: found and not doubtful (marked `low-confidence`); false: sure + doubtful",
);
const shipped = HEAD_THRESHOLDS;
const printSetting = (title: string, changed: Partial<HeadThresholds>) =>
  console.log(`${title}: ${inWords({ ...shipped, ...changed })}`);
printSetting("present thresholds", {});
for (const doubtful of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]) {
  printSetting(`confidence.doubtful ${doubtful}`, { confidence: { ...shipped.confidence, doubtful } });
}
for (const doubtful of [0.6, 0.7, 0.8, 0.85, 0.9]) {
  printSetting(`confidenceUnsided.doubtful ${doubtful}`, {
    confidenceUnsided: { ...shipped.confidenceUnsided, doubtful },
  });
}
for (const sure of [0.86, 0.88, 0.9, 0.92, 0.94]) {
  printSetting(`confidence.sure ${sure}`, { confidence: { ...shipped.confidence, sure } });
}
for (const doubtful of [0, 0.05, 0.1, 0.2, 0.3]) {
  printSetting(`firstLook.doubtful ${doubtful}`, { firstLook: { ...shipped.firstLook, doubtful } });
}
for (const doubtful of [[0.5, 1.5], [0.6, 1.3], [0.65, 1.25], [0.72, 1.2]] as const) {
  printSetting(`fullness.doubtful ${doubtful.join(" to ")}`, { fullness: { ...shipped.fullness, doubtful } });
}

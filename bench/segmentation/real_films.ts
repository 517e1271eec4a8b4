/**
 * How well a network finds heads on images that mostly do not come from the phantom. `--only` selects the sets: `films`
 * (films of real people), `ct` (films cast from CT, that is, simulated by ray casting through real CT volumes), `rg2`
 * (a hip radiograph in many file formats), `none` (images without a hip), and `steady` (whether heads are found again
 * after changes that films undergo in practice; on real films, films cast from CT and `--phantoms` films of the
 * phantom).
 *
 *   deno task bench bench/segmentation/real_films.ts [--models DIR] [--use measure|train]
 *     [--only films,ct,rg2,none,steady] [--ct 120] [--ct-seed 1] [--phantoms 40] [--threads 1]
 *     [--json FILE] [--pictures FILE]
 *
 * Tune on `--use train --ct-seed 2`; report `--use measure --ct-seed 1`. Films are judged by the overlap of the
 * outline's mask with the disc of the true circle. `--json` writes a `RealFilmsResult`, from which card_table.ts makes
 * the model card's table. Cast films are cached in .cache/ct_films. `--pictures` writes every film with a false head or
 * one below an IoU of 0.75, the truth in blue and the result in orange. The test data (../shared/data) is not part of
 * the project.
 */
import { parseArgs } from "node:util";
import { openModel } from "../../src/onnx/open_model.ts";
import { patientOf } from "../../src/phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import { filmOf as phantomFilm, phantomCohort } from "../../src/study/cohort/phantom_film.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import type { Radiograph } from "../../src/types.ts";
import { ctFilms } from "../labelled_films/ct_films.ts";
import { drawFilms } from "../labelled_films/draw_films.ts";
import { type JudgedFilm, judgeFilm } from "../labelled_films/judge_film.ts";
import { notHips } from "../labelled_films/not_hips.ts";
import type { RealFilmsResult } from "../labelled_films/real_films_result.ts";
import { measureRg2 } from "../labelled_films/rg2.ts";
import { sharedFilms } from "../labelled_films/shared_films.ts";
import {
  formatSteadiness,
  measureSteadiness,
  overallSteadiness,
  type Steadiness,
} from "../labelled_films/steadiness.ts";
import { formatSummary, summarise } from "../labelled_films/summarise.ts";
import type { TestFilm } from "../labelled_films/test_film.ts";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: SHIPPED_MODELS },
    use: { type: "string", default: "measure" },
    only: { type: "string", default: "films,ct,rg2,none,steady" },
    ct: { type: "string", default: "120" },
    "ct-seed": { type: "string", default: "1" },
    phantoms: { type: "string", default: "40" },
    json: { type: "string" },
    pictures: { type: "string" },
    threads: { type: "string", default: "1" },
  },
});
const use = values.use;
if (use !== "measure" && use !== "train") throw new RangeError(`--use must be measure or train, got ${use}`);
const only = new Set(values.only.split(","));
const { plan, files } = await readModels(values.models, { need: ["unet.onnx"] });
const unet = await openModel(files["unet.onnx"], { device: "cpu", threads: Number(values.threads) });
type Writable<T> = { -readonly [K in keyof T]: T[K] };
let milliseconds = 0, segmented = 0;
const segment = async (film: Radiograph) => {
  const start = performance.now();
  const found = await segmentHeads(film, unet, plan.segmentation);
  milliseconds += performance.now() - start;
  segmented++;
  return found;
};
const result: Partial<Writable<RealFilmsResult>> = {
  use,
  ctSeed: Number(values["ct-seed"]),
  plan: plan.segmentation,
};
const missed: { film: TestFilm; judged: JudgedFilm }[] = [];

async function judge(
  title: `real films (${"measure" | "train"})` | "films cast from CT",
  films: readonly TestFilm[],
): Promise<void> {
  const judged: JudgedFilm[] = [];
  for (const film of films) {
    const radiograph = await film.read(), found = await segment(radiograph);
    const one = judgeFilm(film, found, radiograph);
    judged.push(one);
    if (one.falseHeads.length > 0 || one.heads.some(({ iou }) => iou < 0.75)) {
      missed.push({ film, judged: one });
    }
  }
  const groups = [...new Set(judged.map(({ group }) => group))];
  const summary = summarise(judged);
  console.log(formatSummary(title, summary));
  for (const group of groups) {
    const { heads, iou50, iou75, meanIou } = summarise(judged.filter((film) => film.group === group));
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `  [${group}] ${heads} heads: ${percent(iou50)}, ${percent(iou75)}, mean ${meanIou.toFixed(3)}`,
    );
  }
  result[title] = summary;
}

const ctCount = Number(values.ct), ctSeed = Number(values["ct-seed"]);
const real = only.has("films") || only.has("steady") ? await sharedFilms(use) : [];
const cast = only.has("ct") || only.has("steady")
  ? await ctFilms({ count: ctCount, seed: ctSeed, folder: ".cache/ct_films" })
  : [];
if (only.has("films")) await judge(`real films (${use})`, real);
if (only.has("ct")) await judge("films cast from CT", cast);
if (only.has("rg2")) {
  const answers = await measureRg2(segment);
  result.rg2 = answers;
  console.log(
    `RG2: found correctly in ${
      answers.filter(({ right }) => right).length
    } of ${answers.length} file formats`,
  );
  for (const { file, offPx, radiusShare, quality } of answers.filter(({ right }) => !right).slice(0, 5)) {
    console.log(
      `  ${file}: off by ${offPx?.toFixed(1)} px, radius ${radiusShare?.toFixed(3)} of the true one, ${
        quality.join(" ")
      }`,
    );
  }
}
if (only.has("none")) {
  const offenders: string[] = [];
  let count = 0;
  for await (const { name, film } of notHips()) {
    count++;
    const { heads } = await segment(film);
    for (const { radiusPx, confidence, quality } of heads) {
      offenders.push(
        `${name}: radius ${radiusPx.toFixed(0)} px, confidence ${confidence.toFixed(3)} ${quality.join(" ")}`,
      );
    }
  }
  result.notHips = { films: count, reported: offenders };
  console.log(`Films without a hip: ${count}, heads reported ${offenders.length}`);
  for (const line of offenders) console.log(`  ${line}`);
}
if (only.has("steady")) {
  const patients = phantomCohort("paper", 1).patients.filter(({ split }) => split === "held-out");
  const sets: Record<string, () => AsyncGenerator<Radiograph>> = {
    "real films": () => readAll(real),
    "films cast from CT": () => readAll(cast),
    "paper cohort": async function* () {
      for (const patient of patients.slice(0, Number(values.phantoms))) {
        yield await parseRadiograph(phantomFilm(patientOf(patient)).png);
      }
    },
  };
  const steady: Record<string, { overall: number; changes: Steadiness }> = {};
  for (const [title, set] of Object.entries(sets)) {
    const changes = await measureSteadiness(set(), segment);
    steady[title] = { overall: overallSteadiness(changes), changes };
    console.log(formatSteadiness(title, changes));
  }
  result.steadiness = steady;
}
async function* readAll(films: readonly TestFilm[]): AsyncGenerator<Radiograph> {
  for (const film of films) yield await film.read();
}
result.millisecondsAFilm = milliseconds / segmented;
console.log(
  `${(milliseconds / segmented).toFixed(1)} ms to segment a film, ${values.threads} thread(s)`,
);
if (values.json) await Deno.writeTextFile(values.json, JSON.stringify(result, null, 1));
if (values.pictures) await Deno.writeFile(values.pictures, await drawFilms(missed));

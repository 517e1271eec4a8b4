import { toJson } from "../../normative/normative_json.ts";
import { residualScaleToBytes } from "../../vae/residual_scale.ts";
import type { StudyComparison } from "../judge/compare_cohort.ts";
import type { DrawnMaps } from "../judge/draw_maps.ts";
import { encodeCsv } from "../../files/encode_csv.ts";
import type { Failure, JudgedHead, OutlinedHead } from "../cohort/film_job.ts";
import type { JudgedCohort } from "../judge/judge_cohort.ts";
import { MODEL_FILES, type Networks } from "../models/model_set.ts";
import type { ModelFiles } from "../models/read_models.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { CAPUT_VERSION, softwareVersions } from "../models/caput_version.ts";
import { describeSplit, gradeCounts, hashOutputs, type StudyRecord } from "./study_record.ts";
import { deviationsTable, headsTable, latentsTable, projectionTable } from "./study_tables.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { writeCounterfactuals, writeExplanations, writeProgression } from "./write_decoded_pictures.ts";
import { writeTable } from "../../files/write_table.ts";

/** Results of a study, ready to be written. */
export interface FinishedStudy {
  readonly judged: JudgedCohort;
  readonly comparison: StudyComparison | { readonly notPossible: string };
  readonly networks: Networks;
  /**
   * Returns the maps. A worker computes them while other results are written; in a large cohort it starts only when
   * this is called, because maps and other results together would need too much memory.
   */
  readonly maps: () => Promise<DrawnMaps>;
  /** The outlines of all heads in order, read from where they are stored. */
  readonly outlines: () => AsyncIterable<OutlinedHead>;
}

/** Everything that is written to the study folder. */
export interface StudyToWrite extends FinishedStudy {
  readonly cohort: StudyCohort;
  readonly files: ModelFiles;
  readonly heads: readonly JudgedHead[];
  readonly failures: readonly Failure[];
  readonly seed: number;
  /** Hash of everything that the results depend on. */
  readonly run: string;
  readonly notes: readonly string[];
}

/** Steps of {@linkcode writeStudy}, in order. */
export const WRITE_STEPS = ["tables", "pictures", "maps", "page", "hashes"] as const;

/** Options of {@linkcode writeStudy}. */
export interface WriteStudyOptions {
  /** The study folder. */
  out: string;
  /** Builds the page from the folder. @default no page is written, and that of an earlier run is removed */
  buildPage?: (folder: string) => Promise<string>;
  /** Called when a step begins, with its index and name, and at the end with the number of steps and an empty name. */
  onStep?: (step: number, name: string) => void;
}

/**
 * Writes a study folder: tables, images, comparisons, page, and `study.json` last. The study counts as finished only
 * when `study.json` has hashes.
 */
export async function writeStudy(
  study: StudyToWrite,
  { out, buildPage, onStep = () => {} }: WriteStudyOptions,
): Promise<StudyRecord> {
  const begin = (step: typeof WRITE_STEPS[number]) => onStep(WRITE_STEPS.indexOf(step), step);
  const { judged, comparison, heads, failures, files, networks } = study;
  const { sizePx } = files.plan.crop;
  begin("tables");
  await writeFailures(out, failures);
  await writeTable(`${out}/heads.parquet`, headsTable(heads));
  await writeOutlines(out, study.outlines());
  await writeMasks(out, study.outlines());
  await writeTable(`${out}/latents.parquet`, latentsTable(heads, judged));
  await writeTable(`${out}/deviations.parquet`, deviationsTable(heads, judged));
  await writeAtomic(`${out}/normative.json`, `${JSON.stringify(toJson(judged.normative))}\n`);
  await writeAtomic(`${out}/yardsticks.json`, `${JSON.stringify(judged.yardsticks)}\n`);
  await writeAtomic(`${out}/${MODEL_FILES.residualScale}`, residualScaleToBytes(judged.residualScale));
  await writeAtomic(`${out}/comparisons.json`, `${JSON.stringify(comparison, finite, 1)}\n`);
  begin("pictures");
  const decode = { folder: out, decoder: networks.decoder, sizePx };
  await writeProgression(heads, judged, decode);
  await writeExplanations(heads, judged, decode);
  await writeCounterfactuals(heads, judged, decode);
  begin("maps");
  const maps = await study.maps();
  await writeTable(`${out}/projection.parquet`, projectionTable(heads, maps));
  begin("page");
  const record = describeStudy(study, maps);
  const text = (value: StudyRecord) => `${JSON.stringify(value, finite, 1)}\n`;
  await Deno.remove(`${out}/dashboard.html`).catch(() => {});
  if (buildPage) {
    await writeAtomic(`${out}/study.json`, text(record)); // the page reads it; without hashes it is a draft
    await writeAtomic(`${out}/dashboard.html`, await buildPage(out));
  }
  begin("hashes");
  const inputs = { cohort: study.cohort.sha256, plan: files.planSha256, ...files.plan.models };
  const finished = { ...record, hashes: { run: study.run, inputs, outputs: await hashOutputs(out) } };
  await writeAtomic(`${out}/study.json`, text(finished));
  onStep(WRITE_STEPS.length, "");
  return finished;
}

/** JSON has no NaN; missing numbers are null. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

async function writeFailures(out: string, failures: readonly Failure[]): Promise<void> {
  const table = {
    id: failures.map((each) => each.id),
    row: Int32Array.from(failures, (each) => each.row),
    code: failures.map((each) => each.code),
    message: failures.map((each) => each.message),
    fix: failures.map((each) => each.fix),
  };
  await writeAtomic(`${out}/failures.csv`, encodeCsv(table));
}

/**
 * Writes `outlines.json`: the ray lengths of each head's found outline and, if there is one, reference outline, so that
 * they can be drawn on its crop.
 */
async function writeOutlines(out: string, outlines: AsyncIterable<OutlinedHead>): Promise<void> {
  async function* pieces() {
    let rays = 0, count = 0;
    const start = () => `{"rays":${rays},"unit":"thousandths of the head's radius","heads":{`;
    for await (const { headId, outline } of outlines) {
      if (!outline) continue;
      if (count === 0) rays = outline.found.length;
      const { found, truth } = outline;
      yield `${count++ === 0 ? start() : ","}${JSON.stringify(headId)}:${JSON.stringify({ found, truth })}`;
    }
    yield `${count === 0 ? start() : ""}}}\n`;
  }
  await writeAtomic(`${out}/outlines.json`, pieces());
}

/**
 * Writes `masks.json`, the masks of all heads that were outlined on a film, for other programs: size of the film as
 * read, bounding box of the head, and lengths of the runs of zeros and ones within the box.
 */
async function writeMasks(out: string, outlines: AsyncIterable<OutlinedHead>): Promise<void> {
  const unit = "lengths of runs of zeros and ones in turn, row after row of boxPx [x, y, width, height]";
  async function* pieces() {
    let count = 0;
    yield `{"unit":${JSON.stringify(unit)},"heads":{`;
    for await (const { headId, outline, filmPx } of outlines) {
      if (!outline || !filmPx) continue;
      const { boxPx: { x, y, width, height }, runs } = outline.mask;
      const mask = { filmPx, boxPx: [x, y, width, height], runs };
      yield `${count++ === 0 ? "" : ","}${JSON.stringify(headId)}:${JSON.stringify(mask)}`;
    }
    yield "}}\n";
  }
  await writeAtomic(`${out}/masks.json`, pieces());
}

function describeStudy(study: StudyToWrite, maps: DrawnMaps): StudyRecord {
  const { cohort, files, heads, failures, judged, networks, seed } = study;
  const dice = heads.map((head) => head.dice).filter(Number.isFinite);
  return {
    caput: CAPUT_VERSION,
    software: softwareVersions(),
    plan: files.plan,
    seeds: { study: seed },
    device: networks.device,
    reference: judged.normative.reference,
    fittedOn: {
      here: judged.fittedHere,
      n: judged.normative.n,
      name: judged.fittedHere ? cohort.name : files.plan.name,
      limitsHere: judged.limitsHere,
    },
    cohort: {
      kind: cohort.kind,
      name: cohort.name,
      films: cohort.jobs.length,
      heads: heads.length,
      failures: failures.length,
      gradeCounts: gradeCounts(heads),
    },
    split: describeSplit(heads),
    map: maps.quality,
    dice: dice.length > 0
      ? { mean: dice.reduce((sum, value) => sum + value, 0) / dice.length, n: dice.length }
      : null,
    notes: study.notes,
  };
}

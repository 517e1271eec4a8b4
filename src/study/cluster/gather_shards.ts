import { IntegrityError } from "../../files/integrity_error.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import type { MeasuredCohort } from "../measure/measure_cohort.ts";
import { joinMeasured } from "../measure/measure_cohort.ts";
import { divideFilms } from "../measure/divide_films.ts";
import { type KeptShard, readShard } from "../measure/finished_shard.ts";
import type { OpenPlan } from "./cluster_plan.ts";
import { indexRanges } from "./index_ranges.ts";
import { missingShards, readMarker, removeMarker } from "./shard_marker.ts";

/**
 * Collects the heads of a plan's shards, in shard order, from the study folder, without reading films. The files with
 * crops and outlines are checked and stay where they are.
 *
 * @throws {IntegrityError} if a shard is missing, or a stored file does not match the hash in its marker.
 */
export async function gatherShards(open: OpenPlan, cohort: StudyCohort): Promise<MeasuredCohort> {
  const { plan, study } = open;
  const missing = await missingShards(open);
  if (missing.length > 0) {
    throw new IntegrityError(
      `Cannot merge the shards: all ${plan.shards.length} must be done, missing: ${indexRanges(missing)}`,
      "run the caput run --engine command again, or caput shard --index N for each of them",
    );
  }
  const portions = divideFilms(cohort.jobs), parts: KeptShard[] = [];
  for (const { index, from, to } of plan.shards) {
    const { records } = (await readMarker(open, index))!;
    for (let at = from; at < to; at++) {
      const recordSha256 = records[at - from];
      const part = await readShard(portions[at], { folder: `${study}/.work`, recordSha256 });
      if (!part) {
        await removeMarker(open, index);
        throw new IntegrityError(
          `Cannot merge shard ${index}: its files in .work are missing or have changed since it was done`,
          "run the caput run --engine command again: this shard is measured again",
        );
      }
      parts.push(part);
    }
  }
  return { ...joinMeasured(parts), reused: portions.length };
}

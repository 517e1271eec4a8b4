import type { Shard } from "../cohort/film_job.ts";
import type { PlannedShard } from "./cluster_plan.ts";

/**
 * Groups a cohort's portions, in order, into shards that take about the given number of minutes on one core. Portions
 * are not divided.
 */
export function cutShards(
  portions: readonly Pick<Shard, "jobs">[],
  { filmSeconds, minutes }: { filmSeconds: number; minutes: number },
): PlannedShard[] {
  const shards: PlannedShard[] = [];
  const total = portions.reduce((sum, { jobs }) => sum + jobs.length, 0) * filmSeconds / 60;
  // All shards get about the same share, so that the last one is not much smaller than the others.
  const perShard = total / Math.max(1, Math.ceil(total / minutes));
  let from = 0, films = 0, earlierFilms = 0;
  portions.forEach(({ jobs }, i) => {
    films += jobs.length;
    const done = (earlierFilms + films) * filmSeconds / 60;
    if (done < perShard * (shards.length + 1) - 1e-9 && i + 1 < portions.length) return;
    const spent = Math.round(100 * films * filmSeconds / 60) / 100;
    shards.push({ index: shards.length, from, to: i + 1, films, minutes: spent });
    [from, earlierFilms, films] = [i + 1, earlierFilms + films, 0];
  });
  return shards;
}

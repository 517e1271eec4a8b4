/**
 * Statistics of groups: (1) all ten pairs of grades of random values with the grade counts of the synthetic cohort and
 * 10,000 patient bootstraps; the time is compared with that of the bootstrap alone in NumPy; (2) the false positive
 * rate of clustered and unclustered tests at 5 %, and how often the clustered interval misses the true AUC, if patients
 * have two heads.
 *
 *   deno task bench bench/statistics/statistics.ts [--python /usr/bin/python3] [--runs 4000]
 */
import process from "node:process";
import { type Prng, seededPrng } from "../../src/array/seeded_prng.ts";
import { clusteredAuc } from "../../src/stats/intervals/clustered_auc.ts";
import { clusteredRankSum } from "../../src/stats/tests/clustered_rank_sum.ts";
import { comparePairs } from "../../src/stats/compare/compare_pairs.ts";
import { mannWhitney } from "../../src/stats/tests/mann_whitney.ts";

function option(name: string, fallback: string): string {
  const at = Deno.args.indexOf(`--${name}`);
  return at >= 0 ? Deno.args[at + 1] : fallback;
}

/** Random values with the synthetic cohort's grade counts, two heads per patient, rising slightly with grade. */
function paperTable() {
  const prng = seededPrng(3),
    table = { value: [] as number[], grade: [] as number[], patient: [] as number[] };
  const grades = [1495, 80, 114, 93, 36].flatMap((count, g) => new Array<number>(count).fill(g));
  for (let k = grades.length - 1; k > 0; k--) {
    const j = prng.integer(k + 1);
    [grades[k], grades[j]] = [grades[j], grades[k]];
  }
  let common = 0;
  grades.forEach((grade, i) => {
    if (i % 2 === 0) common = prng.normal();
    table.value.push(5 + 0.5 * grade + common + prng.normal());
    table.grade.push(grade);
    table.patient.push(i >> 1);
  });
  return table;
}

/** Seconds of the bootstrap in NumPy, or null if NumPy or SciPy is missing. */
async function peerSeconds(
  python: string,
  { table, draws }: { table: ReturnType<typeof paperTable>; draws: number },
): Promise<number | null> {
  const child = new Deno.Command(python, {
    args: [new URL("statistics_peer.py", import.meta.url).pathname, String(draws)],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(table))).catch(() => {}); // it may have ended
  await writer.close().catch(() => {});
  const { success, stdout } = await child.output();
  return success ? Number(new TextDecoder().decode(stdout)) : null;
}

async function speed(python: string): Promise<void> {
  const table = paperTable(), bootstraps = 10_000, turns = 3, draws = 50;
  const own: number[] = [], busy: number[] = [], peer: number[] = [];
  const processor = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
  for (let turn = 0; turn < turns; turn++) {
    const start = performance.now(), before = processor();
    comparePairs(table, { value: "value", group: "grade", cluster: "patient", bootstraps });
    own.push((performance.now() - start) / 1000);
    busy.push(processor() - before);
    const seconds = await peerSeconds(python, { table, draws }).catch(() => null);
    if (seconds !== null) peer.push(seconds * bootstraps / draws);
  }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1];
  console.log(
    `ten pairs, every test, ${bootstraps} patient bootstraps, 9,999 permutations: ${
      median(own).toFixed(2)
    } s (target 3 s), ${median(busy).toFixed(2)} s of processor time`,
  );
  if (peer.length === 0) {
    console.log(`no comparison: ${python} does not run, or lacks NumPy or SciPy`);
    return;
  }
  console.log(
    `the bootstrap alone in NumPy: ${median(peer).toFixed(0)} s (from ${draws} draws); ratio ${
      (median(peer) / median(own)).toFixed(0)
    }`,
  );
}

/**
 * Two groups that do not differ. `bilateral` is the share of patients with two hips, whose values are correlated;
 * `mixed` is the share of hips whose group is random instead of the patient's.
 */
function nullCohort(prng: Prng, { patients, correlation, bilateral, mixed }: Record<string, number>) {
  const x: number[][] = [[], []], c: number[][] = [[], []];
  for (let p = 0; p < patients; p++) {
    const common = prng.normal() * Math.sqrt(correlation), group = prng.integer(2);
    const hips = prng() < bilateral ? 2 : 1;
    for (let h = 0; h < hips; h++) {
      const side = prng() < mixed ? prng.integer(2) : group;
      x[side].push(common + prng.normal() * Math.sqrt(1 - correlation));
      c[side].push(p);
    }
  }
  return { x, c };
}

function falsePositives(runs: number): void {
  console.log(
    `\nshare of ${runs} null cohorts with p below 5 % (standard error ${
      (100 * Math.sqrt(0.0475 / runs)).toFixed(1)
    } %):`,
  );
  console.log("patients  correlation  bilateral  mixed   clustered  unclustered  interval misses 1/2");
  const settings = [
    [80, 0, 1, 0],
    [80, 0.5, 1, 0],
    [80, 0.8, 0.7, 0],
    [80, 0.8, 1, 0],
    [80, 0.8, 1, 0.5],
    [20, 0.8, 1, 0],
    [400, 0.8, 1, 0],
  ];
  for (const [patients, correlation, bilateral, mixed] of settings) {
    const prng = seededPrng(17);
    let clustered = 0, unclustered = 0, missed = 0, done = 0;
    while (done < runs) {
      const { x: [a, b], c: [clusterA, clusterB] } = nullCohort(prng, {
        patients,
        correlation,
        bilateral,
        mixed,
      });
      if (new Set(clusterA).size < 2 || new Set(clusterB).size < 2 || a.length < 2 || b.length < 2) continue;
      done++;
      if (clusteredRankSum(a, b, { clusterA, clusterB }).p < 0.05) clustered++;
      if (mannWhitney(a, b, { method: "asymptotic" }).p < 0.05) unclustered++;
      const [low, high] = clusteredAuc(a, b, { clusterA, clusterB }).interval;
      if (low > 0.5 || high < 0.5) missed++;
    }
    const percent = (count: number) => `${(100 * count / runs).toFixed(1)} %`.padStart(7);
    console.log(
      `${String(patients).padStart(8)}  ${String(correlation).padStart(11)}  ${
        String(bilateral).padStart(9)
      }  ${String(mixed).padStart(5)}` +
        `     ${percent(clustered)}      ${percent(unclustered)}              ${percent(missed)}`,
    );
  }
}

await speed(option("python", "/usr/bin/python3"));
falsePositives(Number(option("runs", "4000")));

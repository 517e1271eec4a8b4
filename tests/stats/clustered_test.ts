import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { clusteredAuc } from "../../src/stats/clustered_auc.ts";
import { clusteredRankSum } from "../../src/stats/clustered_rank_sum.ts";
import { delong } from "../../src/stats/delong.ts";
import { mannWhitney } from "../../src/stats/mann_whitney.ts";
import { midranks } from "../../src/array/midranks.ts";
import { readFixture } from "./read_fixture.ts";

type Case = { x: number[]; g: number[]; c: number[] };
const cases: Case[] = readFixture("clustered.json");
const r = readFixture("clustered_r.json");

function split({ x, g, c }: Case) {
  const side = (v: number) => <T>(list: T[]) => list.filter((_, i) => g[i] === v);
  return { a: side(0)(x), b: side(1)(x), owners: { clusterA: side(0)(c), clusterB: side(1)(c) } };
}

Deno.test("Datta-Satten agrees with the paper's formula in R", () => {
  assert(cases.length >= 100);
  cases.forEach((one, i) => {
    const { a, b, owners } = split(one);
    const found = clusteredRankSum(a, b, owners);
    assertClose([found.s, found.variance, found.z, found.p], [
      r[i].ds.s,
      r[i].ds.variance,
      r[i].ds.z,
      r[i].ds.p,
    ], {
      relative: 1e-10,
      absolute: 1e-12,
    });
  });
});

Deno.test("Datta-Satten's statistic is the mean rank sum over every draw of one head a cluster", () => {
  const checked = cases.filter((one) => {
    const members = new Map<number, number[]>();
    one.c.forEach((c, i) => members.set(c, [...members.get(c) ?? [], i]));
    const draws = [...members.values()].reduce((n, m) => n * m.length, 1);
    if (draws > 3000) return false;
    let sum = 0;
    for (let k = 0; k < draws; k++) {
      let rest = k;
      const drawn = [...members.values()].map((m) => {
        const pick = m[rest % m.length];
        rest = Math.floor(rest / m.length);
        return pick;
      });
      const ranks = midranks(drawn.map((i) => one.x[i])).ranks;
      drawn.forEach((i, at) => sum += one.g[i] * ranks[at]);
    }
    const { a, b, owners } = split(one);
    assertClose(clusteredRankSum(a, b, owners).s, sum / draws / (members.size + 1), { relative: 1e-12 });
    return true;
  });
  assert(checked.length >= 20, `${checked.length} small cases`);
});

Deno.test("Obuchowski agrees with the paper's formula in R", () => {
  let checked = 0;
  cases.forEach((one, i) => {
    const { a, b, owners } = split(one);
    if (a.length < 2 || b.length < 2 || r[i].roc.variance === undefined) return;
    const found = clusteredAuc(a, b, owners);
    assertClose([found.auc, found.variance], [r[i].roc.auc, Math.max(0, r[i].roc.variance)], {
      relative: 1e-10,
      absolute: 1e-15,
    });
    checked++;
  });
  assert(checked >= 100, `${checked} cases`);
});

Deno.test("with one head a cluster Obuchowski's variance is DeLong's", () => {
  const a = [1, 2, 4, 4, 7], b = [3, 4, 8, 9];
  const found = clusteredAuc(a, b, { clusterA: [0, 1, 2, 3, 4], clusterB: [5, 6, 7, 8] });
  assertClose(found.variance, delong(a, b).variance, { relative: 1e-12 });
});

Deno.test("order of rows, names of clusters, swapped groups and scale do not matter", () => {
  const prng = seededPrng(5);
  for (const one of cases.slice(0, 40)) {
    const { a, b, owners } = split(one), found = clusteredRankSum(a, b, owners);
    const order = one.x.map((_, i) => i).sort(() => prng() - 0.5);
    const shuffled = split({
      x: order.map((i) => one.x[i] * 8 + 16),
      g: order.map((i) => one.g[i]),
      c: order.map((i) => 1000 - one.c[i]),
    });
    const again = clusteredRankSum(shuffled.a, shuffled.b, shuffled.owners);
    assertClose(again.z, found.z, { relative: 1e-9, absolute: 1e-9 });
    const swapped = clusteredRankSum(b, a, { clusterA: owners.clusterB, clusterB: owners.clusterA });
    assertClose(swapped.z, -found.z, { relative: 1e-9, absolute: 1e-9 });
  }
});

Deno.test("under the null the clustered test keeps its size and the naive one does not", () => {
  // The long version is bench/statistics.ts. 400 runs: standard error of a 5 % share is 1.1 %.
  const prng = seededPrng(11), runs = 400;
  let clustered = 0, naive = 0;
  for (let run = 0; run < runs; run++) {
    const sides: { x: number[]; c: number[] }[] = [{ x: [], c: [] }, { x: [], c: [] }];
    for (let patient = 0; patient < 60; patient++) {
      const common = prng.normal() * Math.sqrt(0.8), group = patient % 2;
      for (let hip = 0; hip < 2; hip++) {
        sides[group].x.push(common + prng.normal() * Math.sqrt(0.2));
        sides[group].c.push(patient);
      }
    }
    const [a, b] = sides;
    if (clusteredRankSum(a.x, b.x, { clusterA: a.c, clusterB: b.c }).p < 0.05) clustered++;
    if (mannWhitney(a.x, b.x, { method: "asymptotic" }).p < 0.05) naive++;
  }
  assert(clustered / runs > 0.02 && clustered / runs < 0.085, `clustered ${clustered / runs}`);
  assert(naive / runs > 0.1, `naive ${naive / runs}`);
});

Deno.test("clustered tests answer degenerate input or name it", () => {
  const flat = clusteredRankSum([1, 1], [1, 1, 1], { clusterA: [0, 1], clusterB: [1, 2, 3] });
  assertEquals([flat.z, flat.p], [0, 1]);
  assertThrows(
    () => clusteredRankSum([1, 2], [3], { clusterA: [0, 0], clusterB: [0] }),
    RangeError,
    "at least 2 clusters",
  );
  assertThrows(
    () => clusteredRankSum([1, 2], [3], { clusterA: [0], clusterB: [0] }),
    TypeError,
    "as many labels",
  );
  assertThrows(() => clusteredRankSum([], [3], { clusterA: [], clusterB: [0] }), RangeError, "first sample");
  assertThrows(
    () => clusteredAuc([1, 2], [3, 4], { clusterA: [0, 0], clusterB: [1, 2] }),
    RangeError,
    "at least 2 clusters",
  );
});

import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { auc } from "../../src/stats/auc.ts";
import { brunnerMunzel } from "../../src/stats/brunner_munzel.ts";
import { cliffsDelta } from "../../src/stats/cliffs_delta.ts";
import { delong } from "../../src/stats/delong.ts";
import { hedgesG } from "../../src/stats/hedges_g.ts";
import { kolmogorovSmirnov } from "../../src/stats/kolmogorov_smirnov.ts";
import { mannWhitney } from "../../src/stats/mann_whitney.ts";
import { spearman } from "../../src/stats/spearman.ts";
import { welchT } from "../../src/stats/welch_t.ts";
import { readFixture } from "./read_fixture.ts";

type Pair = { kind: string; a: number[]; b: number[] };
const pairs: Pair[] = readFixture("pairs.json");
const r = readFixture("two_sample_r.json");
const scipy = readFixture("two_sample_scipy.json");
/** Fails where fewer than `least` cases have the reference asked for. */
function each(rows: Record<string, unknown>[], key: string, least: number, check: (i: number) => void): void {
  const with_ = rows.flatMap((row, i) => key in row ? [i] : []);
  assert(with_.length >= least, `${with_.length} cases with ${key}`);
  with_.forEach(check);
}

Deno.test("Mann-Whitney, asymptotic with ties, agrees with R and SciPy", () => {
  each(r, "p", 100, (i) => {
    const { a, b } = pairs[i];
    const found = mannWhitney(a, b, { method: "asymptotic" });
    assertClose(found.u, r[i].u);
    const tied = new Set([...a, ...b]).size === 1;
    if (tied) return assertEquals(found.p, 1); // R and SciPy give NaN
    assertClose(found.p, r[i].p, { relative: 1e-10 });
    assertClose(mannWhitney(a, b, { method: "asymptotic", continuity: false }).p, r[i].pPlain, {
      relative: 1e-10,
    });
  });
  each(scipy, "p", 100, (i) => {
    const found = mannWhitney(pairs[i].a, pairs[i].b, { method: "asymptotic" });
    assertClose([found.u, found.p], [scipy[i].u, scipy[i].p], { relative: 1e-10 });
  });
});

Deno.test("Mann-Whitney, exact: ties as coin, without ties as wilcox.test and SciPy", () => {
  each(r, "pExact", 100, (i) => {
    assertClose(mannWhitney(pairs[i].a, pairs[i].b, { method: "exact" }).p, r[i].pExact, { relative: 1e-10 });
  });
  each(r, "pExactWilcox", 30, (i) => {
    assertClose(mannWhitney(pairs[i].a, pairs[i].b, { method: "exact" }).p, r[i].pExactWilcox, {
      relative: 1e-10,
    });
  });
  each(scipy, "pExact", 30, (i) => {
    assertClose(mannWhitney(pairs[i].a, pairs[i].b, { method: "exact" }).p, scipy[i].pExact, {
      relative: 1e-10,
    });
  });
});

Deno.test("Kolmogorov-Smirnov, exact, agrees with SciPy without ties and R with them", () => {
  each(scipy, "ksP", 30, (i) => {
    const found = kolmogorovSmirnov(pairs[i].a, pairs[i].b, { method: "exact" });
    assertClose([found.d, found.p], [scipy[i].ksD, scipy[i].ksP], { relative: 1e-10 });
  });
  each(r, "ksP", 100, (i) => {
    const found = kolmogorovSmirnov(pairs[i].a, pairs[i].b, { method: "exact" });
    assertClose(found.d, r[i].ksD, { relative: 1e-10 });
    // R forms the upper tail as 1 - cdf.
    assertClose(found.p, r[i].ksP, { relative: 1e-10, absolute: 1e-13 });
  });
});

Deno.test("Brunner-Munzel agrees with SciPy", () => {
  each(scipy, "bm", 100, (i) => {
    const found = brunnerMunzel(pairs[i].a, pairs[i].b);
    assertClose(found.statistic, scipy[i].bm, { relative: 1e-10 });
    // SciPy forms the upper tail as 1 - cdf.
    assertClose(found.p, scipy[i].bmP, { relative: 1e-10, absolute: 1e-15 });
    assertClose(found.estimate, auc(pairs[i].a, pairs[i].b));
  });
});

Deno.test("Welch's t and Hedges' g agree with R and SciPy", () => {
  each(r, "t", 100, (i) => {
    const found = welchT(pairs[i].a, pairs[i].b);
    // Values near 1e6 leave ten digits to the differences.
    const relative = pairs[i].kind === "large" ? 1e-7 : 1e-10;
    assertClose([found.t, found.df, found.p], [r[i].t, r[i].df, r[i].tP], { relative });
  });
  each(scipy, "hedges", 100, (i) => {
    const relative = pairs[i].kind === "large" ? 1e-7 : 1e-10;
    assertClose(hedgesG(pairs[i].a, pairs[i].b)!, scipy[i].hedges, { relative });
  });
});

Deno.test("AUC and DeLong's interval agree with pROC; Cliff's delta with its definition", () => {
  each(r, "aucVariance", 100, (i) => {
    const { a, b } = pairs[i], found = delong(a, b);
    assertClose([found.auc, ...found.interval], [r[i].auc, ...r[i].aucInterval], {
      relative: 1e-10,
      absolute: 1e-12,
    });
    assertClose(found.variance, r[i].aucVariance, { relative: 1e-10, absolute: 1e-16 });
    let sum = 0;
    for (const x of a) for (const y of b) sum += Math.sign(y - x);
    assertClose(cliffsDelta(a, b), sum / (a.length * b.length), { absolute: 1e-14 });
  });
});

Deno.test("Spearman agrees with SciPy", () => {
  each(
    scipy,
    "spearman",
    20,
    (i) => assertClose(spearman(pairs[i].a, pairs[i].b), scipy[i].spearman, { absolute: 1e-14 }),
  );
  assertThrows(() => spearman([1, 2, 3], [5, 5, 5]), RangeError, "does not vary");
});

Deno.test("two-sample tests answer degenerate input or name it", () => {
  const flat = [2, 2, 2];
  assertEquals(mannWhitney(flat, flat).p, 1);
  assertEquals(mannWhitney(flat, flat, { method: "asymptotic" }).p, 1);
  assertEquals(kolmogorovSmirnov(flat, flat).p, 1);
  assertEquals(brunnerMunzel(flat, flat).p, 1);
  assertEquals(brunnerMunzel([1, 2], [3, 4]).p, 0);
  assertEquals(hedgesG(flat, flat), 0);
  assertEquals(hedgesG(flat, [3, 3]), null);
  assertEquals(welchT(flat, flat).p, 1);
  assertThrows(() => welchT(flat, [3, 3]), RangeError, "zero variance");
  for (const test of [mannWhitney, kolmogorovSmirnov, brunnerMunzel, welchT, hedgesG, delong, auc]) {
    assertThrows(() => test([], [1, 2]), RangeError, "got 0");
    assertThrows(() => test([1, NaN], [1, 2]), RangeError, "NaN at 1");
    assertThrows(() => test([1, 2], [1, Infinity]), RangeError, "Infinity at 1");
  }
});

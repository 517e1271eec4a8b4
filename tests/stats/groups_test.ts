import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { adjustP } from "../../src/stats/adjust_p.ts";
import { dunn } from "../../src/stats/dunn.ts";
import { jonckheereTerpstra } from "../../src/stats/jonckheere_terpstra.ts";
import { kruskalWallis } from "../../src/stats/kruskal_wallis.ts";
import { mannWhitney } from "../../src/stats/mann_whitney.ts";
import { readFixture } from "./read_fixture.ts";

const groups: number[][][] = readFixture("groups.json");
const r = readFixture("groups_r.json");
const varies = (list: number[][]) => new Set(list.flat()).size > 1;

Deno.test("Kruskal-Wallis agrees with R", () => {
  const checked = groups.filter((list, i) => {
    if (!varies(list)) return false;
    const { h, p } = kruskalWallis(list);
    assertClose([h, p], [r[i].h, r[i].p], { relative: 1e-10, absolute: 1e-13 });
    return true;
  });
  assert(checked.length >= 100);
});

Deno.test("Dunn agrees with its formula in R, Holm included", () => {
  groups.forEach((list, i) => {
    if (!varies(list)) return;
    const found = dunn(list);
    assertClose(found.map((v) => v.z), r[i].z, { relative: 1e-10, absolute: 1e-14 });
    assertClose(found.map((v) => v.p), r[i].zP, { relative: 1e-10 });
    assertClose(found.map((v) => v.pAdjusted), r[i].zHolm, { relative: 1e-10 });
  });
});

Deno.test("Jonckheere-Terpstra with ties agrees with its formula in R", () => {
  groups.forEach((list, i) => {
    if (!varies(list)) return;
    const { j, z, p } = jonckheereTerpstra(list);
    assertClose([j, z, p], [r[i].j, r[i].jZ, r[i].jP], { relative: 1e-10, absolute: 1e-13 });
  });
});

Deno.test("Jonckheere-Terpstra's moments are those of every split of the values", () => {
  const values = [1, 1, 2, 3, 3, 3], sizes = [2, 2, 2];
  const js: number[] = [];
  const place = (left: number[], lists: number[][]): void => {
    if (left.length === 0) return void js.push(jonckheereTerpstra(lists).j);
    lists.forEach((list, g) => {
      if (list.length < sizes[g]) place(left.slice(1), lists.map((l, h) => h === g ? [...l, left[0]] : l));
    });
  };
  place(values, [[], [], []]);
  const mean = js.reduce((s, v) => s + v, 0) / js.length;
  const sd = Math.sqrt(js.reduce((s, v) => s + (v - mean) ** 2, 0) / js.length);
  const { j, z } = jonckheereTerpstra([[1, 1], [2, 3], [3, 3]]);
  assertClose(z, (j - mean) / sd, { relative: 1e-12 });
});

Deno.test("two groups: Kruskal-Wallis, Dunn, trend and pair test are one", () => {
  groups.filter((list) => list.length === 2 && varies(list)).forEach((list) => {
    const pair = mannWhitney(list[0], list[1], { method: "asymptotic", continuity: false });
    assertClose(kruskalWallis(list).p, pair.p, { relative: 1e-9 });
    assertClose(dunn(list)[0].p, pair.p, { relative: 1e-9 });
    assertClose(jonckheereTerpstra(list).p, pair.p, { relative: 1e-9 });
  });
});

Deno.test("p adjustment agrees with R's p.adjust", () => {
  const p: number[][] = readFixture("p_values.json"), want = readFixture("p_values_r.json");
  assert(p.length >= 100);
  p.forEach((list, i) => {
    for (const method of ["holm", "bh", "by", "bonferroni"] as const) {
      assertClose(adjustP(list, { method }), want[i][method], { relative: 1e-10 });
    }
    assertEquals(adjustP(list, { method: "none" }), list);
  });
  assertThrows(() => adjustP([0.1, NaN]), RangeError, "NaN at 1");
  assertThrows(() => adjustP([0.1], { method: "sidak" as "holm" }), RangeError, '"sidak"');
});

Deno.test("group tests answer degenerate input or name it", () => {
  const flat = [[1, 1], [1, 1, 1]];
  assertEquals(kruskalWallis(flat).p, 1);
  assertEquals(dunn(flat)[0].p, 1);
  assertEquals(jonckheereTerpstra(flat).p, 1);
  for (const test of [kruskalWallis, dunn, jonckheereTerpstra]) {
    assertThrows(() => test([[1, 2]]), RangeError, "at least 2 groups");
    assertThrows(() => test([[1, 2], []]), RangeError, "group 1");
    assertThrows(() => test([[1, 2], [NaN]]), RangeError, "NaN at 0");
  }
});

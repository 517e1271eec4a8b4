import { assertClose, assertEquals } from "@std/assert";
import { jonckheereTerpstra } from "../../../src/stats/tests/jonckheere_terpstra.ts";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { groupCases } from "../group_cases.ts";
import { assertRefusesGroups } from "../refuse_groups.ts";

Deno.test("Jonckheere-Terpstra with ties agrees with its formula in R", () => {
  for (const { groups, r } of groupCases) {
    const { j, z, p } = jonckheereTerpstra(groups);
    assertClose([j, z, p], [r.j, r.jZ, r.jP], { relative: 1e-10, absolute: 1e-13 });
  }
});

Deno.test("Jonckheere-Terpstra: z uses the mean and standard deviation of j over all splits of the values into groups", () => {
  const values = [1, 1, 2, 3, 3, 3], sizes = [2, 2, 2], js: number[] = [];
  const place = (left: number[], lists: number[][]): void => {
    if (left.length === 0) return void js.push(jonckheereTerpstra(lists).j);
    lists.forEach((list, g) => {
      if (list.length < sizes[g]) place(left.slice(1), lists.map((l, h) => (h === g ? [...l, left[0]] : l)));
    });
  };
  place(values, [[], [], []]);
  const mean = js.reduce((s, v) => s + v, 0) / js.length;
  const sd = Math.sqrt(js.reduce((s, v) => s + (v - mean) ** 2, 0) / js.length);
  const { j, z } = jonckheereTerpstra([[1, 1], [2, 3], [3, 3]]);
  assertClose(z, (j - mean) / sd, { relative: 1e-12 });
});

Deno.test("Jonckheere-Terpstra: for two groups p equals that of the asymptotic Mann-Whitney test; reversed groups change the sign of z", () => {
  for (const { groups } of groupCases) {
    const { z, p } = jonckheereTerpstra(groups);
    assertClose(jonckheereTerpstra(groups.toReversed()).z, -z, { relative: 1e-9, absolute: 1e-12 });
    if (groups.length > 2) continue;
    const pair = mannWhitney(groups[0], groups[1], { method: "asymptotic", continuity: false });
    assertClose(p, pair.p, { relative: 1e-9 });
  }
});

Deno.test("Jonckheere-Terpstra: all values equal give p = 1; invalid input is rejected", () => {
  assertEquals(jonckheereTerpstra([[1, 1], [1, 1, 1]]), { j: 3, z: 0, p: 1 });
  assertRefusesGroups(jonckheereTerpstra);
});

import { assertClose, assertEquals } from "@std/assert";
import { kruskalWallis } from "../../../src/stats/tests/kruskal_wallis.ts";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { groupCases } from "../group_cases.ts";
import { assertRefusesGroups } from "../refuse_groups.ts";

Deno.test("Kruskal-Wallis agrees with R", () => {
  for (const { groups, r } of groupCases) {
    const { h, p } = kruskalWallis(groups);
    assertClose([h, p], [r.h, r.p], { relative: 1e-10, absolute: 1e-13 });
  }
});

Deno.test("Kruskal-Wallis: for two groups p equals that of the asymptotic Mann-Whitney test", () => {
  for (const { groups } of groupCases.filter((c) => c.groups.length === 2)) {
    const pair = mannWhitney(groups[0], groups[1], { method: "asymptotic", continuity: false });
    assertClose(kruskalWallis(groups).p, pair.p, { relative: 1e-9 });
  }
});

Deno.test("Kruskal-Wallis: all values equal give p = 1; invalid input is rejected", () => {
  assertEquals(kruskalWallis([[1, 1], [1, 1, 1]]), { h: 0, df: 1, p: 1 });
  assertRefusesGroups(kruskalWallis);
});

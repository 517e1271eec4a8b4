import { assertClose, assertEquals } from "@std/assert";
import { dunn } from "../../../src/stats/tests/dunn.ts";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { groupCases } from "../group_cases.ts";
import { assertRefusesGroups } from "../refuse_groups.ts";

Deno.test("Dunn: z, p and Holm-adjusted p agree with the formula in R", () => {
  for (const { groups, r } of groupCases) {
    const found = dunn(groups);
    assertClose(found.map((v) => v.z), r.z, { relative: 1e-10, absolute: 1e-14 });
    assertClose(found.map((v) => v.p), r.zP, { relative: 1e-10 });
    assertClose(found.map((v) => v.pAdjusted), r.zHolm, { relative: 1e-10 });
  }
});

Deno.test("Dunn: for two groups p equals that of the asymptotic Mann-Whitney test", () => {
  for (const { groups } of groupCases.filter((c) => c.groups.length === 2)) {
    const pair = mannWhitney(groups[0], groups[1], { method: "asymptotic", continuity: false });
    assertClose(dunn(groups)[0].p, pair.p, { relative: 1e-9 });
  }
});

Deno.test("Dunn: all values equal give p = 1; invalid input is rejected", () => {
  assertEquals(dunn([[1, 1], [1, 1, 1]]), [{ i: 0, j: 1, z: 0, p: 1, pAdjusted: 1 }]);
  assertRefusesGroups(dunn);
});

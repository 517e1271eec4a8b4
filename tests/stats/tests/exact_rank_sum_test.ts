import { assertClose } from "@std/assert";
import { midranks } from "../../../src/array/midranks.ts";
import { exactRankSumP } from "../../../src/stats/tests/exact_rank_sum.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("exactRankSumP with ties agrees with the shift algorithm of R's package coin", () => {
  for (const { a, b, r } of casesWith("r", "pExact")) {
    assertClose(exactRankSumP(midranks([...a, ...b]).ranks, a.length), r.pExact, { relative: 1e-10 });
  }
});

Deno.test("exactRankSumP is the share of all splits whose rank sum is at least as far from the mean rank sum as the observed one", () => {
  const ranks = [1.5, 1.5, 3, 4, 5.5, 5.5, 7], m = 3;
  const mean = m * ranks.reduce((s, v) => s + v, 0) / ranks.length;
  const far = Math.abs(ranks[0] + ranks[1] + ranks[2] - mean) - 1e-9;
  let splits = 0, beyond = 0;
  for (let i = 0; i < 7; i++) {
    for (let j = i + 1; j < 7; j++) {
      for (let k = j + 1; k < 7; k++, splits++) {
        if (Math.abs(ranks[i] + ranks[j] + ranks[k] - mean) >= far) beyond++;
      }
    }
  }
  assertClose(exactRankSumP(ranks, m), beyond / splits, { relative: 1e-12 });
});

Deno.test("exactRankSumP: two samples of 40 without overlap have p = 2 / C(80, 40), 1.9e-23", () => {
  let splits = 1;
  for (let i = 1; i <= 40; i++) splits *= (40 + i) / i;
  assertClose(exactRankSumP(Array.from({ length: 80 }, (_, i) => i + 1), 40), 2 / splits, {
    relative: 1e-10,
  });
});

import { assertEquals } from "@std/assert";
import { discordantHeads } from "../../../../dashboards/page/patients/discordance_view.ts";
import { watchedHips } from "../../../../dashboards/page/patients/hip_pairs_view.ts";
import type { Store } from "../../../../dashboards/page/state/store.ts";

/** A store with right and left hips of three patients: 0 and 2, 0 and ungraded, ungraded and 3. */
function storeOf(): Store {
  const grade = [0, 2, 0, -1, -1, 3], n = grade.length;
  const texts: Record<string, string[]> = {
    patient: ["a", "a", "b", "b", "c", "c"],
    side: ["right", "left", "right", "left", "right", "left"],
    split: grade.map(() => "held-out"),
  };
  const study = {
    ...{ n, grade, headId: grade.map((_, i) => `h${i}`) },
    text: (name: string) => texts[name] ?? [],
    number: () => Float64Array.from(grade, () => 1),
  };
  const deviations = { value: [9, 8, 7, 6, 5, 4], percentile: [99, 10, 99, 99, 10, 10], measure: "distance" };
  return { study, deviations, selection: null, shown: grade.map(() => true) } as unknown as Store;
}

Deno.test("watchedHips: only hips whose other hip is graded as diseased", () => {
  assertEquals(watchedHips(storeOf()), [{ head: 0, other: 1 }]);
});

Deno.test("discordantHeads: an ungraded head has no grade that its distance could contradict", () => {
  assertEquals(discordantHeads(storeOf()).toSorted(), [0, 1, 2, 5]);
});

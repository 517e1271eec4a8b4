import { assertEquals } from "@std/assert";
import { droppedPairs } from "../../../../dashboards/page/patients/hip_pairs_view.ts";
import type { Store } from "../../../../dashboards/page/state/store.ts";

const pairsOf = (live: [label: string, distance?: number][]) =>
  droppedPairs({
    live: live.map(([label, distance]) => ({ label, distance, umap: null, pca: null })),
    deviations: { measure: "distance" },
  } as unknown as Store);

Deno.test("droppedPairs: right and left head must be of the same film and have a value", () => {
  assertEquals(pairsOf([["right", 3], ["left", 4]]), [{ film: "", right: 3, left: 4 }]);
  assertEquals(pairsOf([["film 1 right", 3], ["film 2 left", 4]]), []);
  assertEquals(
    pairsOf([["film 1 left", 1], ["film 1 right", 2], ["film 2 right", 3], ["film 2 left", 4]]),
    [{ film: "film 1", right: 2, left: 1 }, { film: "film 2", right: 3, left: 4 }],
  );
  assertEquals(
    pairsOf([["right", 3], ["left"]]),
    [],
    "scored against another reference, and so without a distance",
  );
  assertEquals(pairsOf([["right", 3], ["unknown", 4]]), []);
});

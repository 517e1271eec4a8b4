import { assertEquals } from "@std/assert";
import type { LiveHead } from "../../../../dashboards/live_score.ts";
import { livePoints } from "../../../../dashboards/page/live/live_points.ts";
import type { Store } from "../../../../dashboards/page/state/store.ts";

const own = { kind: "synthetic", n: 113, name: "held-out healthy heads" } as const;
const empty = { mean: [], covariance: [] };
const store = {
  deviations: empty,
  study: { n: 0, d: 2, study: { reference: own } },
} as unknown as Store;
const head = { side: "right", distance: 3, residual: 2, combined: 1 } as LiveHead;

Deno.test("livePoints: a head scored against another reference has a label, but no measures on the study's axes", () => {
  const [same] = livePoints(store, [head], { film: "", reference: own });
  assertEquals([same.distance, same.residual, same.combined], [3, 2, 1]);
  for (const reference of [{ ...own, name: "FracAtlas" }, { ...own, n: 82 }]) {
    const [other] = livePoints(store, [head], { film: "film 2 ", reference });
    assertEquals([other.label, other.distance, other.residual, other.combined], [
      ...["film 2 right", undefined, undefined, undefined],
    ]);
  }
});

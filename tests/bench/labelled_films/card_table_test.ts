import { assertEquals } from "@std/assert";
import { cardTable } from "../../../bench/labelled_films/card_table.ts";
import type { RealFilmsResult } from "../../../bench/labelled_films/real_films_result.ts";
import type { Summary } from "../../../bench/labelled_films/summarise.ts";

const SUMMARY: Summary = {
  films: 55,
  heads: 100,
  iou50: 0.99,
  iou75: 0.975,
  meanIou: 0.9123,
  meanCircleIou: 0.92,
  falseHeads: 1,
  sideRight: null,
  doubtfulRight: 3,
  doubtfulFalse: 2,
  misses: [],
};
const RESULT: RealFilmsResult = {
  use: "measure",
  ctSeed: 1,
  plan: { firstPx: 192, inputPx: 128, windowRadii: 3.5, threshold: 0.5 },
  millisecondsAFilm: 20.4,
};

Deno.test("cardTable: only values that were measured have rows", () => {
  const table = cardTable({
    ...RESULT,
    "real films (measure)": SUMMARY,
    notHips: { films: 202, reported: ["a chest"] },
    steadiness: {
      "paper cohort": {
        overall: 0.75,
        changes: { cropped: { kept: 5, of: 10 }, flipped: { kept: 10, of: 10 }, unused: { kept: 0, of: 0 } },
      },
    },
  });
  assertEquals(
    table,
    `| measure | target | measured |
| --- | --- | --- |
| real films (55, 100 heads): found at IoU >= 0.5 | at least 99 % | 99.0 % |
| real films: found at IoU >= 0.75 | at least 97 % | 97.5 % |
| real films: mean IoU, missed heads counted as 0 | | 0.912 |
| real films: false heads | 0 | 1 |
| real films: marked \`low-confidence\` | | 3 right, 2 false |
| heads reported on 202 pictures without a hip | 0 | 1 |
| heads found again after changes of the film, paper cohort | 97 % | 75.0 % (lowest: cropped, 50.0 %) |
| time to segment one film | | 20 ms |`,
  );
});

Deno.test("cardTable: training films, and films rendered with another seed, are labelled as such", () => {
  const table = cardTable({
    ...RESULT,
    ...{ use: "train", ctSeed: 2, "real films (train)": SUMMARY },
    "films cast from CT": { ...SUMMARY, sideRight: 0.5 },
  });
  assertEquals(table.includes("| real films used in training (55, 100 heads): found at IoU >= 0.5 |"), true);
  assertEquals(
    table.includes("| films cast from CT, seed 2: found at IoU >= 0.75 | at least 95 % | 97.5 % |"),
    true,
  );
  assertEquals(table.includes("| films cast from CT, seed 2: side right | | 50.0 % |"), true);
});

Deno.test("cardTable: the AUC of the realism benchmark is printed with its interval", () => {
  const table = cardTable(RESULT, {
    ...{ cohort: "paper", seed: 1, real: 9, synthetic: 9, told: [], measures: {} },
    auc: [{ filmsOfEachKind: 5, auc: 0.98765, interval: [0.97, 1] }],
  });
  assertEquals(
    table.includes("trained on 5 films of each kind, AUC (95 %) | 0.5 | 0.988 (0.970 to 1.000) |"),
    true,
  );
});

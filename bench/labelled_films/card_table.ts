import type { RealFilmsResult, RealismResult } from "./real_films_result.ts";
import { overallSteadiness } from "./steadiness.ts";
import type { Summary } from "./summarise.ts";

type Row = readonly [measure: string, wanted: string, got: string];

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * The model card's table in Markdown (measure, target, result), from the results of real_films.ts and, if given, of
 * realism.ts.
 */
export function cardTable(result: RealFilmsResult, realism?: RealismResult): string {
  const { use, rg2, notHips, steadiness } = result, rows: Row[] = [];
  const real = result[`real films (${use})`], cast = result["films cast from CT"];
  const note = use === "train" ? " used in training" : "",
    seed = result.ctSeed === 1 ? "" : `, seed ${result.ctSeed}`;
  if (real) rows.push(...rowsOf(`real films${note}`, real, { iou50: "99 %", iou75: "97 %" }));
  if (cast) rows.push(...rowsOf(`films cast from CT${seed}`, cast, { iou50: "", iou75: "95 %" }));
  if (rg2) {
    rows.push([
      "RG2 within 12 px and 8 %, file formats",
      "all",
      `${rg2.filter(({ right }) => right).length} of ${rg2.length}`,
    ]);
  }
  if (notHips) {
    rows.push([
      `heads reported on ${notHips.films} pictures without a hip`,
      "0",
      `${notHips.reported.length}`,
    ]);
  }
  for (const [set, { changes }] of Object.entries(steadiness ?? {})) {
    const worst = Object.entries(changes).filter(([, { of }]) => of > 0)
      .sort(([, a], [, b]) => a.kept / a.of - b.kept / b.of)[0];
    const least = worst ? ` (lowest: ${worst[0]}, ${percent(worst[1].kept / worst[1].of)})` : "";
    rows.push([
      `heads found again after changes of the film, ${set}`,
      set === "real films" ? "" : "97 %",
      percent(overallSteadiness(changes)) + least,
    ]);
  }
  if (realism) {
    for (const { filmsOfEachKind, auc, interval: [low, high] } of realism.auc) {
      rows.push([
        `real against synthetic heads, classifier trained on ${filmsOfEachKind} films of each kind, AUC (95 %)`,
        "0.5",
        `${auc.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
      ]);
    }
  }
  rows.push(["time to segment one film", "", `${result.millisecondsAFilm.toFixed(0)} ms`]);
  return [["measure", "target", "measured"], ["---", "---", "---"], ...rows].map((row) =>
    `| ${row.join(" | ")} |`
  )
    .join("\n").replaceAll("|  |", "| |");
}

function rowsOf(set: string, summary: Summary, wanted: { iou50: string; iou75: string }): Row[] {
  const { films, heads, iou50, iou75, meanIou, falseHeads, sideRight, doubtfulRight, doubtfulFalse } =
    summary;
  const atLeast = (share: string) => share && `at least ${share}`;
  const rows: Row[] = [
    [`${set} (${films}, ${heads} heads): found at IoU >= 0.5`, atLeast(wanted.iou50), percent(iou50)],
    [`${set}: found at IoU >= 0.75`, atLeast(wanted.iou75), percent(iou75)],
    [`${set}: mean IoU, missed heads counted as 0`, "", meanIou.toFixed(3)],
    [`${set}: false heads`, "0", `${falseHeads}`],
    [`${set}: marked \`low-confidence\``, "", `${doubtfulRight} right, ${doubtfulFalse} false`],
  ];
  if (sideRight !== null) rows.push([`${set}: side right`, "", percent(sideRight)]);
  return rows;
}

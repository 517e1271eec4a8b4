import { MANY_HEADS } from "../../many_heads.ts";
import { comparedWords, fittedHere, referenceWords } from "../state/compared_heads.ts";
import { gradeWords } from "../ui/grade_words.ts";
import { measureNote } from "../state/measures.ts";
import { mapQuality } from "../chart/summaries.ts";
import { el } from "../ui/dom.ts";
import { count } from "../ui/format.ts";
import { htmlTable } from "../chart/html_table.ts";
import { shortcutView } from "../grades/shortcut_view.ts";
import type { Store } from "../state/store.ts";

/** Provenance of the numbers: reference, split, seeds, device, shortcut audit, and excluded rows. */
export function methodsView(store: Store): HTMLElement {
  const { study } = store;
  const { reference, cohort, split, seeds, device, caput } = study.study;
  const bySplit = new Map<string, number>();
  study.text("split").forEach((name, i) => {
    const key = `${name || "no split"}, ${gradeWords(study.grade[i])}`;
    bySplit.set(key, (bySplit.get(key) ?? 0) + 1);
  });
  const facts = (): [string, string][] => [
    [
      "cohort",
      `${cohort.name} (${cohort.kind}), ${count(cohort.heads)} heads on ${count(cohort.films)} radiographs`,
    ],
    ["reference group", `${referenceWords(study)}: ${reference.name} (${reference.kind})`],
    ["latent dimensions", String(study.d)],
    [
      "covariance",
      fittedHere(study)
        ? `${store.deviations.estimator}, fitted on ${
          count(study.normative?.n ?? NaN)
        } training heads of this study`
        : `${store.deviations.estimator}, fitted on ${count(study.normative?.n ?? NaN)} heads of ${
          study.study.fittedOn?.name ?? "the cohort the models come from"
        }`,
    ],
    [
      "patients in two subsets",
      split?.proof ? `${split.proof.crossing} of ${count(split.proof.patients)}` : "\u2013",
    ],
    ["measure shown", measureNote(store.deviations.measure)],
    ["heads compared", comparedWords(study)],
    ["UMAP map", mapQuality({ study, view: { ...store.view, map: "umap" } })],
    ["PCA map", mapQuality({ study, view: { ...store.view, map: "pca" } })],
    ["seeds", Object.entries(seeds ?? {}).map(([name, seed]) => `${name} ${seed}`).join(", ") || "\u2013"],
    ["device", device ?? "\u2013"],
    ["Caput", caput ?? "\u2013"],
    ["data", study.dataId],
    [
      "images in this page",
      `${study.pictures.note}, for viewing only; use the study's PNG files for measurements` +
      (study.pictures.leftOut
        ? `. ${count(study.pictures.leftOut)} heads have no images in this ${
          study.n > MANY_HEADS
            ? `file; serve the study to see them (a file of more than ${
              count(MANY_HEADS)
            } heads contains none)`
            : "page; they are in the study folder"
        }`
        : ""),
    ],
  ];
  const list = el("dl", { class: "facts roomy" });
  const draw = () =>
    list.replaceChildren(...facts().flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  draw();
  store.on("deviation", draw); // measure and covariance may have changed
  const failures = study.failures;
  return el(
    "div",
    { class: "two even" },
    list,
    el(
      "div",
      {},
      htmlTable({
        columns: ["subset and grade", "heads"],
        rows: [...bySplit].sort(([a], [b]) => a.localeCompare(b)),
      }, { caption: "Heads by subset and grade" }),
      shortcutView(store),
      failures.length
        ? el(
          "h3",
          { class: "spaced" },
          `${failures.length} ${failures.length === 1 ? "row" : "rows"} could not be used`,
        )
        : el("p", { class: "quiet small spaced" }, "Every row of the cohort could be used."),
      failures.length
        ? htmlTable({ columns: Object.keys(failures[0]), rows: failures.map((row) => Object.values(row)) }, {
          caption: "Excluded rows, reason and fix",
        })
        : null,
    ),
  );
}

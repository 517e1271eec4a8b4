import { el } from "../ui/dom.ts";
import { count, fixed } from "../ui/format.ts";
import { htmlTable } from "../frame/html_table.ts";
import { shortcutView } from "../grades/shortcut_view.ts";
import type { Store } from "../state/store.ts";

/** Where the numbers come from: reference, split, seeds, device, and what could not be read. */
export function methodsView(store: Store): HTMLElement {
  const { study } = store;
  const { reference, cohort, split, seeds, device, caput } = study.study;
  const bySplit = new Map<string, number>();
  study.text("split").forEach((name, i) => {
    const key = `${name || "no split"}, grade ${study.grade[i]}`;
    bySplit.set(key, (bySplit.get(key) ?? 0) + 1);
  });
  const trust = study.number("trustworthiness");
  const meanTrust = trust.reduce((sum, t) => sum + t, 0) / study.n;
  const facts: [string, string][] = [
    [
      "cohort",
      `${cohort.name} (${cohort.kind}), ${count(cohort.heads)} heads on ${count(cohort.films)} radiographs`,
    ],
    ["reference group", `${count(reference.n)} held-out healthy heads, ${reference.kind}, ${reference.name}`],
    ["latent dimensions", String(study.d)],
    [
      "covariance",
      `${store.deviations.estimator}, fitted on ${count(study.normative?.n ?? NaN)} training heads`,
    ],
    [
      "patients in two splits",
      split?.proof ? `${split.proof.crossing} of ${count(split.proof.patients)}` : "\u2013",
    ],
    ["mean trustworthiness of the map", fixed(meanTrust, 3)],
    ["seeds", Object.entries(seeds ?? {}).map(([name, seed]) => `${name} ${seed}`).join(", ") || "\u2013"],
    ["device", device ?? "\u2013"],
    ["Caput", caput ?? "\u2013"],
    ["data", study.dataId],
    [
      "pictures in this page",
      `${study.pictures.note}, for looking; measure on the study's PNG files` +
      (study.pictures.leftOut
        ? `. ${count(study.pictures.leftOut)} heads have no pictures here and need the server`
        : ""),
    ],
  ];
  const failures = study.failures;
  return el(
    "div",
    { class: "two even" },
    el(
      "dl",
      { class: "facts roomy" },
      facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
    ),
    el(
      "div",
      {},
      htmlTable({
        columns: ["split and grade", "heads"],
        rows: [...bySplit].sort(([a], [b]) => a.localeCompare(b)),
      }, { caption: "Heads by split" }),
      shortcutView(store),
      el(
        "h3",
        { class: "spaced" },
        failures.length
          ? `${failures.length} ${failures.length === 1 ? "row" : "rows"} could not be used`
          : "Every row could be used",
      ),
      failures.length
        ? htmlTable({ columns: Object.keys(failures[0]), rows: failures.map((row) => Object.values(row)) }, {
          caption: "What could not be used, and what to do",
        })
        : null,
    ),
  );
}

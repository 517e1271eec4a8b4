import { MANY_HEADS } from "../many_heads.ts";
import { answerTable, answerView, answerWords, fewHeadsWords, whyNot } from "./grades/answer_view.ts";
import { referenceWords } from "./state/compared_heads.ts";
import { comparing } from "./state/comparisons.ts";
import { choice } from "./ui/controls.ts";
import { el } from "./ui/dom.ts";
import { count } from "./ui/format.ts";
import { hasMeasure, measureNote, MEASURES } from "./state/measures.ts";
import { TICKS } from "./state/most_marks.ts";
import { saveMenu } from "./chart/save_menu.ts";
import { settingsBar } from "./bars/settings_bar.ts";
import type { Store } from "./state/store.ts";
import { troubleNote } from "./chart/trouble_note.ts";

/** Top of the page: the result in one sentence and one figure, cohort and reference, and the disclaimer. */
export function masthead(store: Store): HTMLElement {
  const { study } = store;
  const { cohort, reference } = study.study;
  const answer = answerView(store);
  const title = el("h1", {});
  const note = el("p", { class: "quiet small" });
  const draw = () => {
    title.textContent = answerWords(store);
    title.toggleAttribute("aria-busy", comparing(store));
    note.textContent = [whyNot(store), fewHeadsWords(store), measureNote(store.deviations.measure)].filter((
      words,
    ) => words).join(
      " ",
    );
  };
  draw();
  store.on(["view", "deviation"], draw);
  return el(
    "header",
    { class: "masthead" },
    el(
      "div",
      { class: "masthead-words" },
      el("p", { class: "kicker" }, `Caput \u00b7 ${cohort.name}`),
      title,
      el(
        "p",
        { class: "standfirst" },
        `${count(cohort.heads)} femoral heads on ${count(cohort.films)} hip radiographs, measured against ${
          referenceWords(study)
        }.`,
      ),
      el(
        "div",
        { class: "controls" },
        choice(store, {
          field: "measure",
          label: "Measure of the whole page",
          options: MEASURES.filter(([measure]) => hasMeasure(study, measure)),
        }),
      ),
      note,
      troubleNote(store),
      el(
        "p",
        { class: "banner", role: "note" },
        facts(cohort.kind, reference.kind).flatMap((words) => [el("strong", {}, words), " "]),
        "Research and teaching only, not a medical device.",
      ),
    ),
    el(
      "figure",
      { class: "answer", id: "figure-answer", "aria-label": "How far each grade is from healthy" },
      answer.element,
      el(
        "figcaption",
        { class: "quiet small" },
        `Ticks: ${
          study.n > MANY_HEADS ? `${count(TICKS)} heads of each grade, evenly spaced by rank` : "heads"
        }. Bar: interquartile range; dot: median. p: against grade 0, clustered by patient (unless the unclustered test is selected), Holm; bold if below 0.05. `,
        saveMenu({
          id: "answer",
          name: "this figure",
          figure: answer.figure,
          table: () => answerTable(store),
        }),
      ),
    ),
    settingsBar(store),
  );
}

/** States whether cohort and reference are synthetic or real; empty if both are real. */
function facts(cohort: string, reference: string): string[] {
  if (cohort === "synthetic" && reference === "synthetic") return ["Synthetic cohort."];
  if (cohort === "synthetic") return ["Synthetic cohort, real reference."];
  return reference === "synthetic" ? ["Real cohort, synthetic reference."] : [];
}

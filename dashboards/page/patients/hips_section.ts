import { chartFrame } from "../chart/chart_frame.ts";
import { el } from "../ui/dom.ts";
import { hipPairsView, hipsOf, hipWords, watchedList } from "./hip_pairs_view.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { summary } from "../chart/summaries.ts";

/** Both hips of each patient. */
export function hipsSection(store: Store): HTMLElement {
  const view = hipPairsView(store);
  const { study } = store;
  return section(
    "hips",
    "Both hips of each patient",
    "Osteonecrosis is often bilateral. A hip graded healthy in a patient whose other hip is diseased should be checked again.",
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "hips",
        title: "Right and left hip",
        caption:
          "One symbol per patient, colour and shape by the worse hip. Open symbols: one hip graded healthy, the other diseased. Click to show the hip.",
        body: view.element,
        figure: view.figure,
        table: () => ({
          columns: [
            "patient",
            "right_head",
            "left_head",
            "right_grade",
            "left_grade",
            `right_${store.deviations.measure}`,
            `left_${store.deviations.measure}`,
          ],
          rows: hipsOf(store).map((
            { patient, right, left },
          ) => [
            patient,
            study.headId[right],
            study.headId[left],
            study.grade[right],
            study.grade[left],
            store.deviations.value[right],
            store.deviations.value[left],
          ]),
        }),
        summary: summary(store, () => hipWords(store)),
      }),
      el("div", {}, el("h3", {}, "Healthy hips of patients with disease"), watchedList(store)),
    ),
  );
}

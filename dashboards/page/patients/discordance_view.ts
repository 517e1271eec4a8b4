import { medianHead } from "../state/by_value.ts";
import { measureWord } from "../state/measures.ts";
import * as Inputs from "@observablehq/inputs";
import { button } from "../ui/controls.ts";
import { describeHead, shortId } from "../ui/describe_head.ts";
import { el, unseen } from "../ui/dom.ts";
import { downloadTable } from "../export/export_table.ts";
import { fixed } from "../ui/format.ts";
import { thumb } from "./hip_pairs_view.ts";
import { inputForm } from "../ui/input_form.ts";
import type { Store } from "../state/store.ts";
import { weightedKappa } from "./weighted_kappa.ts";

/** A new grade that a reader has assigned to a head. */
interface Relabel {
  readonly head: number;
  readonly reader: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Shown (and, if there is a selection, selected) heads whose grade disagrees with their predicted grade (by 2 or more)
 * or with their percentile (grade 0 above 97.5, or grade 2 or more below 50), the largest disagreement first. Ungraded
 * heads and healthy training heads are left out.
 */
export function discordantHeads({ study, deviations, selection, shown }: Store): number[] {
  const split = study.text("split");
  const predicted = study.number("predicted_grade");
  const surprise = (i: number) => {
    const gap = Number.isFinite(predicted[i]) ? Math.abs(predicted[i] - study.grade[i]) : 0;
    const percentile = deviations.percentile[i] / 100;
    return gap + (study.grade[i] === 0 ? percentile : 1 - percentile);
  };
  return Array.from(study.grade.keys())
    .filter((i) => shown[i] && (!selection || selection[i]))
    .filter((i) => study.grade[i] > 0 || (study.grade[i] === 0 && split[i] !== "train")) // -1 is ungraded
    .filter((i) =>
      Math.abs((Number.isFinite(predicted[i]) ? predicted[i] : study.grade[i]) - study.grade[i]) >= 2 ||
      (study.grade[i] === 0 && deviations.percentile[i] > 97.5) ||
      (study.grade[i] >= 2 && deviations.percentile[i] < 50)
    )
    .sort((a, b) => surprise(b) - surprise(a) || a - b);
}

/** Review queue: each head next to a typical head of its grade; new grades are written to a log that can be saved. */
export function discordanceView(store: Store): HTMLElement {
  const log: Relabel[] = [];
  const reader = inputForm<string>(
    Inputs.text({ label: "Reader code", maxlength: 12, autocomplete: false, value: "R1", width: "14em" }),
    () => draw(),
  );
  const list = el("ol", { class: "queue wide" });
  const state = el("p", { class: "quiet", role: "status" });
  let shownCount = 6;
  const more = button("Show more", () => {
    shownCount += 6;
    draw();
  });
  function relabel(head: number, to: number): void {
    const entry = { head, reader: reader.value.trim() || "R1", from: store.study.grade[head], to };
    const at = log.findIndex((old) => old.head === head && old.reader === entry.reader);
    if (at >= 0) log.splice(at, 1, entry);
    else log.push(entry);
    count();
  }
  function count(): void {
    const byReader = log.filter((entry) => entry.reader === (reader.value.trim() || "R1"));
    const kappa = weightedKappa(byReader.map((e) => e.from), byReader.map((e) => e.to));
    state.textContent = log.length === 0
      ? "No head has been regraded yet. The study itself is never changed."
      : `${log.length} in the log; ${byReader.length} by this reader, weighted kappa against the reference ${
        kappa === null ? "not defined yet" : fixed(kappa)
      }.`;
    saved.hidden = log.length === 0;
  }
  const saved = button("Save the log as CSV", () =>
    downloadTable({
      columns: ["head_id", "reader", "reference_grade", "new_grade", store.deviations.measure, "percentile"],
      rows: log.map((
        { head, reader: who, from, to },
      ) => [
        store.study.headId[head],
        who,
        from,
        to,
        store.deviations.value[head],
        store.deviations.percentile[head],
      ]),
    }, { name: "relabel-log", format: "csv" }));
  function draw(): void {
    const heads = discordantHeads(store);
    more.hidden = heads.length <= shownCount;
    list.replaceChildren(
      ...heads.slice(0, shownCount).map((head) => entryOf(store, head, { log, reader, relabel })),
    );
    if (!heads.length) {
      list.replaceChildren(
        el("li", { class: "quiet" }, "No head in view disagrees with its grade."),
      );
    }
    count();
  }
  draw();
  store.on(["settled", "deviation"], draw);
  return el(
    "div",
    {},
    el(
      "div",
      { class: "controls" },
      reader,
      saved,
    ),
    list,
    el("div", { class: "controls queue-foot" }, more, state),
  );
}

function entryOf(
  store: Store,
  head: number,
  { log, reader, relabel }: {
    log: Relabel[];
    reader: { readonly value: string };
    relabel: (head: number, to: number) => void;
  },
): HTMLElement {
  const { study, deviations } = store;
  const grade = study.grade[head];
  const typical = typicalOf(store, grade, head);
  const assigned = log.find((entry) => entry.head === head && entry.reader === reader.value.trim())?.to;
  const buttons = [0, 1, 2, 3, 4].map((to) =>
    el("button", {
      type: "button",
      "aria-pressed": String(assigned === to),
      "aria-label": `Grade ${to} for head ${shortId(study.headId[head])}`,
      onclick: () => {
        relabel(head, to);
        buttons.forEach((b, k) => b.setAttribute("aria-pressed", String(k === to)));
      },
    }, String(to))
  );
  const look = (i: number, name: string) =>
    i < 0 ? null : el(
      "button",
      {
        type: "button",
        class: "tile",
        onclick: () => store.setFocus(i),
      },
      unseen(describeHead(store, i)),
      thumb(store, i, 88),
      el("span", {}, name),
    );
  return el(
    "li",
    {},
    look(head, "this head"),
    look(typical, `typical grade ${grade}`),
    el(
      "div",
      { class: "entry" },
      el(
        "strong",
        {},
        `${shortId(study.headId[head])}: grade ${grade}, ${measureWord(store)} ${
          fixed(deviations.value[head])
        }`,
      ),
      el(
        "span",
        { class: "quiet" },
        `percentile ${fixed(deviations.percentile[head], 0)}, resembles grade ${
          fixed(study.number("predicted_grade")[head], 0)
        }`,
      ),
      el("div", { class: "choice", role: "group", "aria-label": "New grade" }, buttons),
    ),
  );
}

/** The head of a grade, other than `not`, with the median value of the measure, among those with a crop; -1 if none. */
function typicalOf({ study, deviations }: Store, grade: number, not: number): number {
  return medianHead(
    deviations,
    (i) => i !== not && study.grade[i] === grade && study.picture("crops", i) !== null,
  );
}

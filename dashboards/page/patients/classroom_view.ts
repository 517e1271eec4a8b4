import { measureWord } from "../state/measures.ts";
import * as Inputs from "@observablehq/inputs";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { downloadTable } from "../export/export_table.ts";
import { fixed } from "../ui/format.ts";
import { inputForm } from "../ui/input_form.ts";
import { pictureElement } from "../ui/show_picture.ts";
import type { Store } from "../state/store.ts";
import { weightedKappa } from "./weighted_kappa.ts";

/** One answer of a student. */
interface Answer {
  readonly reader: string;
  readonly head: number;
  readonly predicted: number;
}

/** Number of heads in a round. */
const ROUND = 10;
/** Smallest number of a reader's answers for which their kappa is shown. */
const MIN_FOR_KAPPA = 5;

/**
 * Heads of a round, the same number of each grade as far as possible, from all graded heads with a crop except healthy
 * training heads. For one study, the choice and the order depend only on the seed, so that the whole class sees the
 * same heads.
 */
export function classroomHeads({ study }: Store, seed: number): number[] {
  const prng = seededPrng(seed);
  const split = study.text("split");
  const pool = study.grades.map((grade) =>
    Array.from(study.grade.keys()).filter((i) =>
      study.grade[i] === grade && (grade > 0 || split[i] !== "train") && study.picture("crops", i)
    )
  );
  const round: number[] = [];
  while (round.length < ROUND && pool.some((heads) => heads.length)) {
    for (const heads of pool) {
      if (heads.length && round.length < ROUND) round.push(heads.splice(prng.integer(heads.length), 1)[0]);
    }
  }
  for (let i = round.length - 1; i > 0; i--) {
    const j = prng.integer(i + 1);
    [round[i], round[j]] = [round[j], round[i]];
  }
  return round;
}

/**
 * Grading exercise: grade without seeing the reference, then compare. It needs no accounts and no network; the answers
 * stay in this page until they are saved.
 */
export function classroomView(store: Store): HTMLElement {
  const answers: Answer[] = [];
  const reader = inputForm<string>(
    Inputs.text({ label: "Reader", maxlength: 12, value: "student 1", autocomplete: false, width: "14em" }),
  );
  const seed = inputForm<string>(
    Inputs.text({ label: "Seed", type: "number", min: 0, max: 999_999, value: 1, width: "9em" }),
  );
  const stage = el("div", { class: "classroom", role: "group", "aria-label": "Head to grade" });
  const score = el("p", { role: "status" });
  let round: number[] = [];
  let at = 0;
  const begin = button("Start a round", () => {
    round = classroomHeads(store, Math.max(0, Math.floor(Number(seed.value)) || 0));
    at = 0;
    ask();
  }, { class: "plain strong" });
  const save = button("Save answers as CSV", () =>
    downloadTable({
      columns: ["reader", "head_id", "predicted_grade", "reference_grade"],
      rows: answers.map((
        a,
      ) => [a.reader, store.study.headId[a.head], a.predicted, store.study.grade[a.head]]),
    }, { name: "classroom", format: "csv" }), { hidden: true });
  function ask(): void {
    const head = round[at];
    if (head === undefined) return finish();
    stage.replaceChildren(
      pictureElement(store.study, store.study.picture("crops", head)!, {
        alt: `Head ${at + 1} of ${round.length}, grade hidden`,
        width: 256,
        height: 256,
      }),
      el(
        "div",
        {},
        el("p", {}, `Head ${at + 1} of ${round.length}. Which grade?`),
        el(
          "div",
          { class: "choice big-choice", role: "group", "aria-label": "Your grade" },
          [0, 1, 2, 3, 4].map((grade) =>
            el("button", { type: "button", onclick: () => reveal(head, grade) }, String(grade))
          ),
        ),
      ),
    );
  }
  function reveal(head: number, predicted: number): void {
    const { study, deviations } = store;
    answers.push({ reader: reader.value.trim() || "student", head, predicted });
    const right = predicted === study.grade[head];
    const next = button(at + 1 < round.length ? "Next head" : "See the score", () => {
      at++;
      ask();
    }, { class: "plain strong" });
    stage.replaceChildren(
      pictureElement(study, study.picture("crops", head)!, {
        alt: `Head ${at + 1} of ${round.length}`,
        width: 256,
        height: 256,
      }),
      el(
        "div",
        {},
        el(
          "p",
          {},
          el("strong", {}, right ? "Right. " : `Your grade: ${predicted}. `),
          `Reference grade ${study.grade[head]}, ${measureWord(store)} ${
            fixed(deviations.value[head])
          }, percentile ${fixed(deviations.percentile[head], 0)}.`,
        ),
        next,
        button("Show it on the head card", () => store.setFocus(head)),
      ),
    );
    next.focus();
    showScore();
  }
  function showScore(): void {
    const byReader = answers.filter((a) => a.reader === (reader.value.trim() || "student"));
    const kappa = (list: Answer[]) => {
      const value = weightedKappa(list.map((a) => a.predicted), list.map((a) => store.study.grade[a.head]));
      return value === null ? "not defined yet" : fixed(value);
    };
    const readers = new Set(answers.map((a) => a.reader)).size;
    const count = `${byReader.length} ${byReader.length === 1 ? "answer" : "answers"}`;
    score.textContent =
      (byReader.length < MIN_FOR_KAPPA
        ? `${count}; agreement is shown after ${MIN_FOR_KAPPA} answers`
        : `${count}; weighted kappa against the reference ${kappa(byReader)}`) +
      (readers > 1
        ? `; weighted kappa of all ${readers} readers against the reference ${
          kappa(answers)
        }, of this reader with the median grade of the others ${withClass(answers, byReader)}`
        : "") +
      ".";
    save.hidden = false;
  }
  function finish(): void {
    stage.replaceChildren(
      el(
        "p",
        {},
        "The round is finished. Another reader can enter a name and start with the same seed; the kappa of all readers then appears.",
      ),
    );
    showScore();
  }
  stage.append(
    el("p", { class: "quiet" }, "Ten heads with hidden grades. The same seed gives the same ten heads."),
  );
  return el(
    "div",
    {},
    el(
      "div",
      { class: "controls" },
      reader,
      seed,
      begin,
      save,
    ),
    stage,
    score,
  );
}

/** Kappa of one reader with the median grade of all other readers, over the heads that both have graded. */
function withClass(all: readonly Answer[], byReader: readonly Answer[]): string {
  const pairs = byReader.flatMap((answer) => {
    const others = all.filter((a) => a.head === answer.head && a.reader !== answer.reader).map((a) =>
      a.predicted
    ).sort((a, b) => a - b);
    return others.length ? [[answer.predicted, others[others.length >> 1]]] : [];
  });
  const value = weightedKappa(pairs.map(([a]) => a), pairs.map(([, b]) => b));
  return value === null ? "not defined yet" : fixed(value);
}

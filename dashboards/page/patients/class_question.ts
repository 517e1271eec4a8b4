import type { HipFrame } from "../../../src/mod.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";

/** Options of {@linkcode classQuestion}. */
export interface ClassQuestionOptions {
  readonly frames: readonly HipFrame[];
  /** Index of the frame shown. */
  at(): number;
  /** Hides (`true`) or shows (`false`) everything that would reveal the answer. */
  blind(on: boolean): void;
}

/**
 * The question "From which image on is it diseased?" for a class. Students answer without seeing numbers, then all
 * answers are shown. No data leave the page.
 */
export function classQuestion({ frames, at, blind }: ClassQuestionOptions): HTMLElement {
  const answers: number[] = [];
  const words = el("p", { role: "status" });
  const line = el("div", { class: "class-line", hidden: true });
  const ask = button("Ask the class", () => {
    state("asking");
    words.textContent = "Move the slider to the first image that you would call diseased, then answer.";
  }, { class: "plain strong" });
  const answer = button("This one is diseased", () => {
    answers.push(at());
    words.textContent =
      `Answer ${answers.length} is stored. The next student can answer, or show all answers.`;
    reveal.hidden = false;
    blind(true);
  });
  const reveal = button("Show all answers", () => {
    state("shown");
    showAnswers();
  });
  const again = button("Start again", () => {
    answers.length = 0;
    state("idle");
    words.textContent = "";
  });
  function state(now: "idle" | "asking" | "shown"): void {
    ask.hidden = now !== "idle";
    answer.hidden = now !== "asking";
    reveal.hidden = now !== "asking" || answers.length === 0;
    again.hidden = now !== "shown";
    line.hidden = now !== "shown";
    blind(now === "asking");
  }
  function showAnswers(): void {
    const stages = answers.map((k) => frames[k].stage).sort((a, b) => a - b);
    const middle = stages[stages.length >> 1];
    const far = frames.find(({ percentile }) => percentile > 95);
    words.textContent = `${answers.length} ${answers.length === 1 ? "answer" : "answers"}: ${
      answers.length === 1 ? "at" : "median at"
    } grade ${fixed(middle, 2)}. ${
      far
        ? `The distance first passes the 95th percentile of healthy heads at grade ${fixed(far.stage, 2)}.`
        : "The distance never passes the 95th percentile of healthy heads."
    } Grade 1 is visible only on MRI.`;
    const mark = (stage: number, className: string, label: string) =>
      el(
        "span",
        { class: className, style: `left:${(100 * stage) / 4}%`, title: label },
        el("span", { class: "unseen" }, label),
      );
    line.replaceChildren(
      ...[0, 1, 2, 3, 4].map((grade) => el("b", { style: `left:${25 * grade}%` }, String(grade))),
      ...stages.map((stage) => mark(stage, "answer-mark", `an answer at grade ${fixed(stage, 2)}`)),
      ...(far
        ? [mark(far.stage, "far-mark", `95th percentile of healthy at grade ${fixed(far.stage, 2)}`)]
        : []),
    );
  }
  const element = el(
    "div",
    { class: "class-question" },
    el("h3", {}, "From which image on is it diseased?"),
    el("div", { class: "controls" }, ask, answer, reveal, again),
    words,
    line,
  );
  answer.hidden = reveal.hidden = again.hidden = true;
  return element;
}

import type { LearningState, OutlineComparison } from "../../src/mod.ts";

/** Asks the server for the state of a training, or to start or cancel one. */
interface LearnClient {
  learning(act?: "start" | "cancel"): Promise<LearningState>;
}

const STAGES = {
  outlines: "Reading the corrected films",
  films: "Preparing films",
  training: "Training",
  comparing: "Comparing both networks",
} as const;

/**
 * The desk's dialog for training the network on the checked films: start, progress, cancel, and results before and
 * after.
 */
export function learnDialog(client: LearnClient): { dialog: HTMLDialogElement; open: () => void } {
  const dialog = make("dialog", { className: "learn" });
  const intro = make("div"), bar = make("progress"), line = make("p"), result = make("div");
  const start = make("button", { type: "button", textContent: "Start" });
  const cancel = make("button", { type: "button", textContent: "Cancel training" });
  const close = make("button", { type: "button", textContent: "Close" });
  line.setAttribute("role", "status");
  dialog.setAttribute("aria-labelledby", "learn-title");
  bar.setAttribute("aria-label", "Progress of the training");
  intro.append(
    make("h2", { id: "learn-title", textContent: "Learn from the checked films" }),
    make("p", {
      textContent:
        "Trains the network on the outlines you checked, mixed with synthetic films. Some checked films are left out and " +
        "decide whether the new network is kept. Ten films take minutes; you can continue correcting while it runs.",
    }),
    make("p", { textContent: "Research and teaching only, not a medical device." }),
  );
  let timer = 0;
  const show = (state: LearningState) => {
    const { running, progress, error, last } = state;
    start.hidden = running;
    cancel.hidden = bar.hidden = !running;
    if (progress) Object.assign(bar, { max: progress.total, value: progress.done });
    else bar.removeAttribute("value");
    line.textContent = running ? progressWords(state) : startedHere ? error ?? "" : "";
    wasRunning = running;
    result.replaceChildren(...(last && !running ? resultOf(last, state.folder) : []));
  };
  /** Whether a training was started from this page, and whether one was running at the server's last answer. */
  let startedHere = false, wasRunning = false;
  const ask = async (act?: "start" | "cancel") => {
    clearTimeout(timer);
    try {
      const state = await client.learning(act);
      show(state);
      if (state.running && dialog.open) timer = setTimeout(ask, 1000) as unknown as number;
    } catch (error) {
      line.textContent = (error as Error).message;
    }
  };
  start.onclick = () => {
    startedHere = true;
    void ask("start");
  };
  cancel.onclick = () => void ask("cancel").then(() => setTimeout(ask, 500));
  close.onclick = () => dialog.close();
  dialog.append(intro, line, bar, result, start, cancel, close);
  return {
    dialog,
    open() {
      startedHere &&= wasRunning; // an error of an earlier attempt no longer applies
      if (!dialog.open) dialog.showModal();
      void ask();
    },
  };
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, set: object = {}): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name) as object, set) as HTMLElementTagNameMap[K];
}

function progressWords({ progress }: LearningState): string {
  if (!progress) return "Starting";
  const { stage, done, total, rate, secondsLeft } = progress;
  const unit = stage === "training" ? "steps" : "films";
  const left = secondsLeft === null || !Number.isFinite(secondsLeft)
    ? ""
    : secondsLeft < 90
    ? `, ${Math.ceil(secondsLeft)} s left`
    : `, ${Math.ceil(secondsLeft / 60)} min left`;
  return `${STAGES[stage]}: ${done} of ${total} ${unit}, ${rate.toFixed(1)} per second${left}`;
}

function resultOf(last: NonNullable<LearningState["last"]>, folder: string): HTMLElement[] {
  const { models, films, comparison } = last;
  const table = make("table");
  table.append(make("caption", { textContent: "Before and after, on films left out of the training" }));
  const row = (cells: readonly string[], kind: "td" | "th" = "td") => {
    const line = make("tr");
    cells.forEach((text, i) => {
      const cell = make(i === 0 || kind === "th" ? "th" : "td", { textContent: text });
      if (cell instanceof HTMLTableCellElement && cell.tagName === "TH") {
        cell.scope = i === 0 && kind === "td" ? "row" : "col";
      }
      line.append(cell);
    });
    table.append(line);
  };
  const block = (name: string, { heads, before, after }: OutlineComparison) => {
    row([
      `${name}, ${heads.length} heads: IoU at least 0.75`,
      percent(before.shareAt75),
      percent(after.shareAt75),
    ]);
    row([`${name}: mean IoU`, before.meanIou.toFixed(3), after.meanIou.toFixed(3)]);
    row([`${name}: outlines without a head`, String(before.falseHeads), String(after.falseHeads)]);
  };
  row(["measure", "before", "after"], "th");
  block("corrected films", comparison);
  if (comparison.synthetic) block("synthetic films", comparison.synthetic);
  const verdict = make("p", {
    className: "verdict",
    textContent: models
      ? `Kept: ${comparison.reason}. ${films} corrected films were used.`
      : `Not kept, the models stay as they are: ${comparison.reason}. Correct more films and start again.`,
  });
  if (!models) return [verdict, table];
  const name = `${folder}/${models}`;
  const commands = make("pre", {
    textContent: [
      `deno task -q caput desk ${folder} --models ${name}`,
      `deno task -q caput run --cohort cohort.csv --models ${name} --out studies/again`,
    ].join("\n"),
  });
  commands.tabIndex = 0;
  return [
    verdict,
    table,
    make("p", {
      textContent: `The new models are in ${name}; the previous ones are unchanged. To use the new ones:`,
    }),
    commands,
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

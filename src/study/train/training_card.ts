import type { Plan } from "../../types.ts";
import type { OutlineComparison } from "./compare_unets.ts";
import type { TrainingData, TrainingRecord, TrainingRun } from "./training_record.ts";

const TITLES = {
  unet: "Segmentation network",
  vae: "Autoencoder, normative model and calibration",
} as const;

/** Maximum number of evaluations on the validation data that a card lists, apart from the best one. */
const MAX_EVALUATIONS = 8;

/**
 * The generated part of a model card, as Markdown: data, settings, scores, device, hashes, limitations. The text depends
 * only on record and plan, so that it can be generated again.
 */
export function trainingCard(record: TrainingRecord, plan: Pick<Plan, "models">): string {
  const runs = (["unet", "vae"] as const).flatMap((key) => record[key] ? [{ key, run: record[key] }] : []);
  const recorded = new Set(runs.flatMap(({ run }) => Object.keys(run.files)));
  const unrecorded = Object.keys(plan.models).filter((name) => !recorded.has(name));
  const blocks = [
    "## How these files were trained",
    "**Research and teaching only, not a medical device.** This part is written by `caput train` from `training.json`.",
    ...runs.flatMap(({ key, run }) => [
      `### ${TITLES[key]}`,
      table(["", ""], facts(run)),
      ...evaluations(run),
      ...compared(run),
      table(
        ["file", "sha256"],
        Object.entries(run.files).map(([name, sha]) => [`\`${name}\``, `\`${sha}\``]),
      ),
      ...replaced(run, plan),
    ]),
    ...(unrecorded.length > 0
      ? [
        `Not trained here, for example copied from other models, and therefore not recorded: ${
          unrecorded.map((name) => `\`${name}\``).join(", ")
        }.`,
      ]
      : []),
    "### Limits",
    limits(runs.map(({ run }) => run.data)).map((line) => `- ${line}`).join("\n"),
  ];
  return blocks.join("\n\n");
}

/** Escapes a text so that it cannot end a table cell or open an HTML tag. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("`", "'");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const whole = (n: number) => n.toLocaleString("en-GB");
const short = (x: number) => String(Number(x.toPrecision(4)));

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

function facts(run: TrainingRun): [string, string][] {
  const { data, seed, steps, batch, parameters, reason, loss, validation, device, threads } = run;
  const main = data.counts[0];
  const counts = data.counts.map((each) =>
    `${whole(each.train)} training ${each.of}, ${whole(each.validation)} validation ${each.of}`
  );
  const best = validation.best
    ? `${short(validation.best.score)} at step ${whole(validation.best.step)} (${validation.measure})`
    : "none was measured";
  return [
    ["training data", `${origin(data)}: ${counts.join("; ")}`],
    ...(data.failures > 0 ? [["could not be used", `${whole(data.failures)} rows`] as [string, string]] : []),
    ...(data.splitSha256 ? [["split, sha256", `\`${data.splitSha256}\``] as [string, string]] : []),
    ["seed", String(seed)],
    [
      "steps",
      `${whole(steps)} with a batch of ${batch}, ${
        short(steps * batch / main.train)
      } epochs over the ${main.of}; ${
        reason === "finished" ? "run to the end" : "stopped when validation no longer improved"
      }`,
    ],
    ...(parameters === null ? [] : [["parameters", whole(parameters)] as [string, string]]),
    ["loss, mean of the last steps", short(loss)],
    ["best validation score", best],
    ...run.results.map(([label, value]): [string, string] => [plain(label), short(value)]),
    ["device", `${device}, ${threads} ${threads === 1 ? "thread" : "threads"}: ${plain(run.deviceReason)}`],
    ["wall time", duration(run.wallSeconds) + (run.resumed ? " since it was resumed" : "")],
    ["made with", `Caput ${run.caput}, Deno ${run.deno}`],
    ["settings", `\`${plain(JSON.stringify(run.settings))}\``],
  ];
}

function origin({ kind, name }: TrainingData): string {
  return kind === "synthetic" ? `synthetic hips (${plain(name)})` : `the cohort "${plain(name)}"`;
}

/** Table of at most {@linkcode MAX_EVALUATIONS} evaluations, including the first and the last, and of the best one. */
function evaluations({ validation: { history, best } }: TrainingRun): string[] {
  if (history.length < 2) return [];
  const count = Math.min(MAX_EVALUATIONS, history.length);
  const chosen = new Set(
    Array.from({ length: count }, (_, i) => history[Math.round(i * (history.length - 1) / (count - 1))].step),
  );
  const rows = history.filter(({ step }) => chosen.has(step) || step === best?.step);
  return [
    table(
      ["step", "loss", "validation score"],
      rows.map((row) => [whole(row.step), short(row.loss), short(row.score)]),
    ),
  ];
}

/** Table that compares the network with the one that it started from. */
function compared({ comparison }: TrainingRun): string[] {
  if (!comparison) return [];
  const row = (label: string, { before, after, heads }: OutlineComparison): string[] => [
    ...[label, whole(heads.length), short(100 * before.shareAt75), short(100 * after.shareAt75)],
    ...[short(before.meanIou), short(after.meanIou), String(before.falseHeads), String(after.falseHeads)],
  ];
  return [
    "Before and after, on films that were left out of the training. They decided when to stop it, so the results are " +
    "slightly optimistic.",
    table(
      [
        "films left out",
        "heads",
        "IoU >= 0.75, %, before",
        "after",
        "mean IoU before",
        "after",
        "false before",
        "after",
      ],
      [
        row("of the cohort", comparison),
        ...(comparison.synthetic ? [row("synthetic", comparison.synthetic)] : []),
      ],
    ),
  ];
}

/** Note on files of the models folder that differ from those that the recorded training wrote. */
function replaced({ files }: TrainingRun, { models }: Pick<Plan, "models">): string[] {
  const others = Object.entries(files).filter(([name, sha]) => models[name] !== sha).map(([name]) =>
    `\`${name}\``
  );
  return others.length > 0
    ? [`Replaced since, by files of which no record was kept: ${others.join(", ")}.`]
    : [];
}

function limits(data: readonly TrainingData[]): string[] {
  const notes = [...new Set(data.flatMap((each) => each.notes))].map(plain);
  const synthetic = data.some(({ kind }) => kind === "synthetic");
  return [
    ...(synthetic
      ? [
        "Trained on synthetic films: expect lower accuracy on real films, and do not apply percentiles to patients before " +
        "the autoencoder has been trained on healthy heads of your own.",
      ]
      : [
        "Trained on one cohort: accuracy may be lower on films of other machines, views, ages or diseases; this was not measured.",
      ]),
    "The scores above were used to select the weights, so they are optimistic. No held-out patient was used for training.",
    "A high distance also comes from causes other than osteonecrosis. Distances of two models cannot be compared.",
    ...notes,
  ];
}

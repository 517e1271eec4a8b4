import type { OutlineComparison, TrainUnetModelsOptions, UnetComparison } from "../../mod.ts";
import { COHORT_OPTIONS, cohortOfCall, studyFolder } from "../call/cohort_options.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { reportFailures } from "../call/report_failures.ts";
import { type Call, type Progress, UsageError, type Verb } from "../call/verb.ts";

export const trainUnet: Verb = {
  name: "train unet",
  args: "",
  count: [0, 0],
  summary: "Trains the segmentation network on synthetic films, or on your own films with drawn outlines.",
  details:
    "The column mask of a cohort file names a mask for each head: an image as large as the film and above 0 inside the head. Every head on " +
    "a film needs one. It may be a PNG or TIFF, or a file with both heads: NRRD or NIfTI label map (1 right, 2 left), LabelMe or COCO JSON, " +
    "DICOM Segmentation. Only training and validation patients are used; with the same seed, train vae and run use the same " +
    "split. With --from and --cohort, the two networks are compared on the validation films, and DIR is written, as a whole models " +
    "folder, only if the outlines get better. The network, its part of the plan, a training record and the model card are written to DIR.",
  options: {
    ...COHORT_OPTIONS,
    out: { kind: "text", value: "DIR", help: "models folder to write (required)" },
    phantom: {
      kind: ["training", "paper", "hard", "small"],
      help:
        "synthetic films: newly rendered ones in which every parameter varies (training, the default without --cohort), or those of a synthetic cohort",
    },
    study: {
      kind: "text",
      value: "STUDY",
      help: "folder for the films of a synthetic cohort (default: studies/ and its name)",
    },
    films: {
      kind: "whole",
      range: [40, 1_000_000],
      help: "films to render with --phantom training (default 6000; with --from and --cohort 400)",
    },
    share: {
      kind: "number",
      range: [0, 1],
      help: "share of training windows from your own films if --phantom training is added (default 0.3)",
    },
    epochs: {
      kind: "whole",
      range: [1, 100_000],
      help:
        "passes over the films (default 12; for a cohort alone, enough for at least 3000 steps; with --from and --cohort, for 40 steps per film of the cohort, 240 to 3000 in all)",
    },
    from: {
      kind: "text",
      value: "DIR",
      help:
        "start from the network in this models folder instead of random weights; the folder is not changed",
    },
    keep: {
      kind: ["better", "always"],
      help: "with --from and --cohort: write DIR only if the outlines get better, or always (default better)",
    },
    device: SHARED.device,
    resume: { kind: "flag", help: "continue from the last checkpoint in DIR" },
  },
  example: [
    "caput train unet --out models/mine --films 6000 --epochs 12",
    "caput train unet --cohort films/cohort.csv --from models --out models/mine",
    "caput train unet --cohort films/cohort.csv --phantom training --films 3000 --share 0.3 --out models/mine",
    "caput train unet --cohort films/corrected.csv --from models --phantom training --share 0.5 --out models/mine",
  ],
  async run(call) {
    const { out, device, cohort, phantom, study, from, keep } = call.options as Record<
      string,
      string | undefined
    >;
    if (out === undefined) {
      throw new UsageError("caput train unet needs --out DIR", "name the models folder to write");
    }
    const named = namesCohort(call);
    const mix = named && cohort !== undefined && phantom === "training"
      ? {
        films: Number(call.options.films ?? (from === undefined ? 6000 : 400)),
        share: Number(call.options.share ?? 0.3),
      }
      : undefined;
    const { trainUnetModels } = await import("../../mod.ts");
    const folder = call.resolve(out), failed = reportFailures(call, cohort);
    const work = named && phantom ? studyFolder({ ...call, options: { phantom, out: study } }) : folder;
    const { end, ...watch } = watchTraining(call);
    const { result, comparison, kept } = await trainUnetModels({
      ...{ out: folder, work, ...watch, from: from === undefined ? undefined : call.resolve(from) },
      cohort: named ? await cohortOfCall(mix ? without(call, "phantom") : call, folder) : undefined,
      mix,
      films: call.options.films as number | undefined,
      epochs: call.options.epochs as number | undefined,
      seed: Number(call.options.seed ?? 1),
      device: (device ?? "auto") as "auto",
      resume: call.options.resume === true,
      keep: keep as "better" | undefined,
      signal: call.signal,
      note: call.note,
      onFailure: failed.report,
    });
    end();
    call.signal.throwIfAborted();
    const { reason, step, loss, best, device: used } = result, failures = failed.count;
    const compared = comparison ? { kept, comparison } : {};
    if (call.json) call.printJson({ reason, step, loss, best, failures, device: used, out, ...compared });
    else {
      const score = best ? `${best.score.toFixed(4)} (1 - mean Dice)` : "none";
      const left = failures > 0 ? `; ${failures} rows could not be used (listed above)` : "";
      const wrote = kept ? `wrote ${out}/unet.onnx` : `${out} was not written`;
      if (comparison) comparisonLines(comparison).forEach(call.print);
      call.print(`${reason} after ${step} steps on ${used}; validation ${score}; ${wrote}${left}`);
      if (comparison && kept) {
        call.note(`The models in ${from} were not changed. To use the new ones: --models ${out}.`);
      }
    }
    return failures > 0 ? EXIT.someFailed : EXIT.done;
  },
};

/** Table of the results before and after training. */
function comparisonLines({ synthetic, better, reason, ...own }: UnetComparison): string[] {
  const cell = (value: number, unit = "") => `${value.toFixed(unit ? 1 : 3)}${unit}`.padStart(8);
  const row = (label: string, before: string, after: string) => `${label.padEnd(44)}${before}  ${after}`;
  const block = (title: string, { before, after, heads, films }: OutlineComparison) => [
    row(`${title}: ${heads.length} heads, ${films} films`, "  before", "   after"),
    row("  heads at IoU >= 0.75", cell(100 * before.shareAt75, " %"), cell(100 * after.shareAt75, " %")),
    row("  mean IoU", cell(before.meanIou), cell(after.meanIou)),
    row(
      "  false outlines (no head there)",
      String(before.falseHeads).padStart(8),
      String(after.falseHeads).padStart(8),
    ),
  ];
  return [
    ...block("validation", own),
    ...(synthetic ? block("synthetic validation", synthetic) : []),
    `${better ? "better" : "not better"}: ${reason}`,
  ];
}

/**
 * Whether a call trains on a cohort (a file, or a synthetic one by name), not only on newly rendered films. Throws if
 * options contradict each other.
 */
function namesCohort({ options: { phantom, cohort, films, from, keep } }: Call): boolean {
  const named = cohort !== undefined || (phantom !== undefined && phantom !== "training");
  if (cohort !== undefined && phantom !== undefined && phantom !== "training") {
    throw new UsageError(
      "caput train unet takes either --phantom NAME or --cohort FILE",
      "give one of them; only --phantom training can be mixed with your own films",
    );
  }
  if (keep !== undefined && (from === undefined || cohort === undefined)) {
    throw new UsageError(
      "--keep works only with --from and --cohort",
      "leave it out: otherwise the new network is always written",
    );
  }
  if (named && films !== undefined && phantom !== "training") {
    throw new UsageError(
      "--films works only with --phantom training",
      "leave it out: a cohort uses all its films",
    );
  }
  return named;
}

/** A call without one of its options. */
function without(call: Call, name: string): Call {
  const { [name]: _, ...options } = call.options;
  return { ...call, options };
}

/** Labels of the progress bars for films. */
const FILM_BARS = {
  duplicates: "films, searching for duplicates",
  training: "films",
  comparison: "films for the comparison",
} as const;

/** Progress bars for films and steps, and one line per epoch. */
function watchTraining(
  call: Call,
): Pick<TrainUnetModelsOptions, "onFilm" | "onStart" | "onProgress" | "onCompare"> & { end: () => void } {
  let films: Progress | undefined, steps: Progress | undefined, perEpoch = 1, epochs = 0, epoch = 0;
  return {
    onFilm(done, total, use) {
      // The search for duplicates, the cohort's own films, the rendered ones and those for the comparison get a bar each.
      films ??= call.progress(FILM_BARS[use], total);
      films.update(done);
      if (done < total) return;
      films.end();
      films = undefined;
    },
    onCompare(done, total) {
      if (done === 1) {
        steps?.end();
        steps = call.progress("comparing films", total);
      }
      steps!.update(done);
    },
    onStart(run) {
      [epochs, perEpoch] = [run.epochs, run.steps / run.epochs];
      steps = call.progress("steps", run.steps);
    },
    onProgress({ step, loss, validation }) {
      steps!.update(step, `loss ${loss.toFixed(4)}`);
      const done = Math.floor(step / perEpoch + 1e-9); // an epoch may not be a whole number of steps
      if (done <= epoch) return;
      epoch = done;
      if (call.json) call.printJson({ epoch, epochs, step, loss, validation });
      else call.print(`epoch ${epoch}/${epochs}: loss ${loss.toFixed(4)}`);
    },
    end: () => steps?.end(),
  };
}

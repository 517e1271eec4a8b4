import { COHORT_OPTIONS, cohortOfCall, requireCohort, studyFolder } from "../call/cohort_options.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { reportFailures } from "../call/report_failures.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";

export const trainVae: Verb = {
  name: "train vae",
  args: "",
  count: [0, 0],
  summary:
    "Trains the autoencoder on the healthy heads of a cohort and writes it with the normative model and the plan.",
  details:
    "The U-Net in the models folder finds the heads (not needed for ready-made crops). Training on your own cohort starts from the network that " +
    "comes with Caput, so 50 healthy heads are enough, and stops early when the validation loss no longer improves. Crops are kept " +
    "in the cohort's study folder and reused by later runs.",
  options: {
    ...COHORT_OPTIONS,
    out: { kind: "text", value: "DIR", help: "models folder to write (required)" },
    from: {
      kind: "text",
      value: "DIR",
      help:
        "models folder whose network training starts from, and whose U-Net is used if --out has none; the word none stands for random " +
        "weights (default: the models that come with Caput for --cohort, none for --phantom)",
    },
    study: {
      kind: "text",
      value: "STUDY",
      help: "folder for films and crops (default: studies/ and the name of the phantom or cohort file)",
    },
    "more-seeds": {
      kind: "text",
      value: "LIST",
      help:
        "with --phantom: train also on the healthy training heads of the same cohort with these seeds, such as 11,12; normative model and " +
        "reference stay those of the cohort",
    },
    epochs: {
      kind: "whole",
      range: [1, 100_000],
      help: "passes over the training heads (default depends on their number)",
    },
    device: {
      kind: SHARED.device.kind,
      help:
        "where the network is trained; auto stands for the default, cpu, which is fastest for a network this small",
    },
    resume: { kind: "flag", help: "continue from the last checkpoint" },
  },
  example: [
    "caput train vae --cohort cohort.csv --out models/ours",
    "caput train vae --phantom paper --out models/mine",
    "caput train vae --phantom paper --more-seeds 11,12 --out models/mine",
  ],
  async run(call) {
    requireCohort("train vae", call);
    const { out, study, device, epochs, cohort, from } = call.options as Record<string, string | undefined>;
    if (out === undefined) {
      throw new UsageError("caput train vae needs --out DIR", "name the models folder to write");
    }
    const seeds = moreSeeds(call);
    const { phantomStudyCohort, SHIPPED_MODELS, trainVaeModels } = await import("../../mod.ts");
    const start = from ?? (cohort === undefined ? "none" : SHIPPED_MODELS);
    const work = studyFolder({ ...call, options: { ...call.options, out: study } });
    const failed = reportFailures(call, cohort);
    let bar: ReturnType<typeof call.progress> | undefined, steps = 0, printedStep = 0;
    const { vae, plan, train, validation } = await trainVaeModels(await cohortOfCall(call, work), {
      out: call.resolve(out),
      work,
      from: start === "none" ? null : call.resolve(start),
      more: seeds.map((seed) => ({
        cohort: phantomStudyCohort(String(call.options.phantom), seed),
        work: `${work}-seed-${seed}`,
      })),
      epochs: epochs === undefined ? undefined : Number(epochs),
      seed: Number(call.options.seed ?? 1),
      device: (device ?? "cpu") as "cpu",
      resume: call.options.resume === true,
      signal: call.signal,
      progress: (label, total) => {
        bar?.end(); // the training may have stopped before its last step
        return call.progress(label, total);
      },
      note: call.note,
      onFailure: failed.report,
      onProgress: ({ step, steps: all, loss, validation }) => {
        if (steps !== all) bar = call.progress("steps", steps = all);
        bar!.update(step, `loss ${loss.toFixed(4)}`);
        if (step === all) bar!.end();
        if (!validation || validation.step === printedStep) return; // one line for each evaluation on the validation heads
        printedStep = validation.step;
        if (call.json) call.printJson({ step, steps: all, loss, validation });
        else {
          call.print(
            `step ${validation.step}/${all}: loss ${validation.loss.toFixed(4)}, on validation heads ${
              validation.score.toFixed(4)
            }`,
          );
        }
      },
    });
    call.signal.throwIfAborted();
    const { reason, best, reconstructionError, units, notes, device: used } = vae;
    const active = units.filter((unit) => unit.active).length;
    if (call.json) {
      const counts = { train, validation, activeUnits: active, latentSize: vae.settings.latentSize };
      call.printJson({
        reason,
        steps: vae.steps,
        best,
        reconstructionError,
        ...counts,
        notes,
        failures: failed.count,
        device: used,
        out,
        plan,
      });
    } else {
      call.print(
        `${reason} after ${vae.steps} steps on ${used}: ${active} of ${vae.settings.latentSize} latent dimensions vary between heads, ` +
          `reconstruction error ${reconstructionError.toFixed(4)}; wrote ${out}` +
          (failed.count > 0 ? `; ${failed.count} rows could not be used (listed above)` : ""),
      );
    }
    return failed.count > 0 ? EXIT.someFailed : EXIT.done;
  },
};

/** Seeds of the further synthetic cohorts, from `--more-seeds`. */
function moreSeeds({ options }: Call): number[] {
  const list = options["more-seeds"];
  if (list === undefined) return [];
  if (options.phantom === undefined) {
    throw new UsageError(
      "--more-seeds works only with --phantom",
      "leave it out, or train on a synthetic cohort",
    );
  }
  const seeds = String(list).split(",").map((each) => each.trim() === "" ? NaN : Number(each));
  const own = Number(options.seed ?? 1);
  const right = seeds.every((seed, i) =>
    Number.isInteger(seed) && seed >= 0 && seed <= 4294967295 && seed !== own && seeds.indexOf(seed) === i
  );
  if (right) return seeds;
  throw new UsageError(
    `--more-seeds must list different whole numbers from 0 to 4294967295 other than the cohort's own seed ${own}, got ${list}`,
    "write them with commas, such as 11,12",
  );
}

import type { Reliability } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { textTable } from "../call/text_table.ts";
import type { Verb } from "../call/verb.ts";

/** Default number of patients that are imaged again. */
const DEFAULT_PATIENTS = 40;

/**
 * The lines that the verb prints.
 *
 * @param requested number of patients that were to be imaged again
 */
export function reliabilityLines({ repeatability, stability }: Reliability, requested: number): string[] {
  const lines: string[] = [];
  if (repeatability) {
    lines.push(
      `${repeatability.patients} patients imaged again:`,
      ...textTable(
        ["change", "measure", "heads", "ICC", "95 %", "smallest detectable change"],
        repeatability.measures.map(({ change, measure, heads, icc, interval, smallestDetectableChange }) => [
          ...[change, measure, `${heads}`, icc.toFixed(2)],
          interval.map((each) => each.toFixed(2)).join("-"),
          smallestDetectableChange.toFixed(2),
        ]),
      ),
    );
    const { patients, missed } = repeatability;
    if (patients < requested) {
      lines.push(`${requested} patients were requested; the study has only ${patients} held-out patients.`);
    }
    const lost = Object.entries(missed).filter(([, count]) => count > 0);
    if (lost.length > 0) {
      lines.push(
        `Heads of the first film that were not found on the second: ${
          lost.map(([change, count]) => `${count} (${change})`).join(", ")
        }.`,
      );
    }
  }
  if (stability) {
    const { seeds, spearman, consistency, auc } = stability;
    lines.push(
      `${seeds.length} trainings of ${stability.steps} steps: rank agreement of the distances ${
        spearman.mean.toFixed(2)
      } ` +
        `(lowest ${spearman.least.toFixed(2)}), consistency ${consistency.toFixed(2)}`,
      ...auc.map(({ grade, bySeed }) =>
        `AUC of the distance, grade ${grade}: ${bySeed.map((each) => each.toFixed(2)).join(", ")}`
      ),
    );
  }
  return lines;
}

export const reliability: Verb = {
  name: "reliability",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Measures how closely scores agree when a patient is imaged again and when the autoencoder is retrained.",
  details:
    "Held-out synthetic patients are rendered again with another exposure, pose or bit depth, or all three, and scored by the whole pipeline. With " +
    "--seeds K the autoencoder is retrained K times on the study's own heads (minutes each). Writes reliability.json to the study.",
  options: {
    models: SHARED.models,
    device: SHARED.device,
    patients: {
      kind: "whole",
      range: [0, 10_000],
      help: `held-out synthetic patients to image again (default ${DEFAULT_PATIENTS})`,
    },
    seeds: {
      kind: "whole",
      range: [0, 100],
      help: "number of retrained autoencoders (default 0; at least 2 to compare)",
    },
    steps: {
      kind: "whole",
      range: [1, 1_000_000],
      help: "steps of each training (default depends on the number of heads)",
    },
    seed: SHARED.seed,
  },
  example: ["caput reliability studies/paper --patients 60", "caput reliability studies/mine --seeds 3"],
  async run(call) {
    const { models, device, seeds, steps, seed } = call.options;
    const patients = Number(call.options.patients ?? DEFAULT_PATIENTS);
    const number = (value: unknown) => value === undefined ? undefined : Number(value);
    const { studyReliability } = await import("../../mod.ts");
    const found = await studyReliability(call.resolve(call.args[0]), {
      models: models === undefined ? undefined : call.resolve(String(models)),
      device: device as "auto" | undefined,
      ...{ patients, seeds: number(seeds), steps: number(steps), seed: number(seed) },
      ...{ signal: call.signal, progress: call.progress, note: call.note },
    });
    if (call.json) call.printJson(found);
    else reliabilityLines(found, patients).forEach(call.print);
    return EXIT.done;
  },
};

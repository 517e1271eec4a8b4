import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { UsageError, type Verb } from "../call/verb.ts";

export const phantom: Verb = {
  name: "phantom",
  args: "",
  count: [0, 0],
  summary: "Renders a synthetic cohort with ground-truth masks, parameters and a cohort file.",
  options: {
    cohort: {
      kind: ["paper", "hard", "small"],
      help:
        "909 films, as many as in the paper that Caput follows (see README), 300 difficult ones, or 60 for a quick try (default small)",
    },
    seed: SHARED.seed,
    out: { kind: "text", value: "DIR", help: "folder to write (required)" },
    format: { kind: ["png", "dicom"], help: "format of the films (default png)" },
    width: {
      kind: "whole",
      range: [256, 4096],
      value: "PX",
      help:
        "width of the films (default 1024, pixels of about 0.4 mm; caput run --phantom renders the same films 768 px wide, which changes scores slightly)",
    },
  },
  example: [
    "caput phantom --cohort small --out films",
    "caput phantom --cohort paper --out films --format dicom",
  ],
  async run(call) {
    const { out, cohort = "small", format = "png" } = call.options as Record<string, string | undefined>;
    if (out === undefined) throw new UsageError("caput phantom needs --out DIR", "name the folder to write");
    const { phantomCohort, writePhantom } = await import("../../mod.ts");
    const plan = phantomCohort(cohort, Number(call.options.seed ?? 1));
    const bar = call.progress("films", plan.patients.length);
    const summary = await writePhantom(plan, {
      outDir: call.resolve(out),
      format: format as "png" | "dicom",
      widthPx: Number(call.options.width ?? 1024),
      onProgress: (done) => bar.update(done),
      signal: call.signal,
    }).finally(() => bar.end());
    const { films, heads, grades } = summary;
    if (call.json) call.printJson({ ...summary, outDir: out, cohortFile: `${out}/cohort.csv` });
    else {call.print(`${films} films, ${heads} heads (${
        grades.map((n, grade) => `grade ${grade}: ${n}`).join(", ")
      }) in ${out}`);}
    return EXIT.done;
  },
};

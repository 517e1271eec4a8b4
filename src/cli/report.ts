import { EXIT } from "./exit_code.ts";
import { P_STYLE } from "./figures.ts";
import type { Verb } from "./verb.ts";

export const report: Verb = {
  name: "report",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Writes methods, results, checklists, model card and data sheet, every number read from the study.",
  options: {
    "p-style": P_STYLE,
    out: { kind: "text", value: "DIR", help: "folder to write (default STUDY/report)" },
  },
  example: ["caput report studies/paper --p-style nejm"],
  async run(call) {
    const { writeReport } = await import("../mod.ts");
    const { out, ...rest } = call.options as Record<string, string | undefined>;
    const files = await writeReport(call.resolve(call.args[0]), {
      out: out === undefined ? undefined : call.resolve(out),
      pStyle: rest["p-style"] as "apa" | undefined,
    });
    if (call.json) call.printJson(files);
    else files.forEach((file) => call.print(file));
    return EXIT.done;
  },
};

import type { PStyle } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { P_STYLE } from "./figures.ts";
import type { Verb } from "../call/verb.ts";

export const report: Verb = {
  name: "report",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Writes methods, results, model card, data sheet, checklist drafts and a ZIP of the tables; every number links to its source.",
  options: {
    "p-style": P_STYLE,
    out: { kind: "text", value: "DIR", help: "folder to write (default: STUDY/report)" },
  },
  example: ["caput report studies/paper"],
  async run(call) {
    const { writeReport } = await import("../../mod.ts");
    const { out } = call.options;
    const files = await writeReport(call.resolve(call.args[0]), {
      out: out === undefined ? undefined : call.resolve(String(out)),
      pStyle: call.options["p-style"] as PStyle | undefined,
    });
    if (call.json) call.printJson({ files });
    else files.forEach((file) => call.print(file));
    call.note(`Written to ${call.resolve(out === undefined ? `${call.args[0]}/report` : String(out))}.`);
    return EXIT.done;
  },
};

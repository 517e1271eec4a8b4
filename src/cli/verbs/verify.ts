import { EXIT } from "../call/exit_code.ts";
import type { Verb } from "../call/verb.ts";

export const verify: Verb = {
  name: "verify",
  args: "STUDY",
  count: [1, 1],
  summary: "Rehashes every file of a study and recomputes split, distances and comparisons from its tables.",
  options: {},
  example: ["caput verify studies/paper"],
  async run(call) {
    const { verifyStudy } = await import("../../mod.ts");
    let bar: ReturnType<typeof call.progress> | undefined;
    const { ok, files, differences } = await verifyStudy(call.resolve(call.args[0]), {
      onFile(done, total) {
        (bar ??= call.progress("files", total)).update(done);
        if (done < total) return;
        bar.end();
        call.note("Recomputing split, distances and comparisons.");
      },
    });
    if (call.json) call.printJson({ ok, files, differences });
    else {
      for (const { what, expected, got } of differences) {
        call.print(`${what}: expected ${expected}, got ${got}`);
      }
      call.print(
        ok
          ? `${files} files match study.json, and recomputed numbers are identical`
          : `${differences.length} ${differences.length === 1 ? "difference" : "differences"}`,
      );
    }
    if (!ok) {
      call.note(
        "Running the study again with the same caput run restores files that are missing or changed.",
      );
      const extra = differences.filter(({ expected }) => expected === "no such file").map(({ what }) => what);
      if (extra.length > 0) {
        call.note(`Files that do not belong to the study can be removed: ${extra.join(", ")}`);
      }
    }
    return ok ? EXIT.done : EXIT.integrity;
  },
};

import type { PackSummary } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import type { Call, Verb } from "../call/verb.ts";

/** Prints what was done and returns the exit code. @param what such as "wrote FILE" */
function printPack(call: Call, summary: PackSummary, what: string): number {
  const { name, reference, bytes } = summary;
  if (call.json) call.printJson(summary);
  else {call.print(
      `${what}: ${name}, reference ${reference.n} ${reference.name} (${reference.kind}), ${
        (bytes / 1e6).toFixed(1)
      } MB`,
    );}
  return EXIT.done;
}

export const packExport: Verb = {
  name: "pack export",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Exports a study's normative model and networks as one file to share with another site. It contains no patient images.",
  options: {
    out: { kind: "text", value: "FILE", help: "file to write (default STUDY.caput.zip)" },
    models: SHARED.models,
  },
  example: ["caput pack export studies/mine --out mine.caput.zip"],
  async run(call) {
    const { exportPack } = await import("../../mod.ts");
    const study = call.resolve(call.args[0]).replace(/[\\/]+$/, "");
    const { models, out } = call.options as Record<string, string | undefined>;
    call.note("Compressing networks and normative model.");
    const summary = await exportPack(study, {
      out: out === undefined ? `${study}.caput.zip` : call.resolve(out),
      models: models === undefined ? undefined : call.resolve(models),
    });
    return printPack(call, summary, `wrote ${summary.file}`);
  },
};

export const packImport: Verb = {
  name: "pack import",
  args: "FILE",
  count: [1, 1],
  summary:
    "Unpacks an exported model file into a models folder and checks every hash. Use it with score --models DIR.",
  options: {
    out: { kind: "text", value: "DIR", help: "models folder to write (default: FILE without .caput.zip)" },
  },
  example: ["caput pack import mine.caput.zip --out models/mine"],
  async run(call) {
    const { importPack } = await import("../../mod.ts");
    const path = call.resolve(call.args[0]), out = call.options.out as string | undefined;
    const folder = out === undefined ? path.replace(/(\.caput)?\.zip$/, "") : call.resolve(out);
    return printPack(call, await importPack(path, { out: folder }), `unpacked into ${folder}`);
  },
};

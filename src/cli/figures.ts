import { EXIT } from "./exit_code.ts";
import { type OptionSpec, UsageError, type Verb } from "./verb.ts";

export const P_STYLE = {
  kind: ["apa", "nejm", "lancet", "ama", "graphpad", "scientific"],
  help: "how p-values are printed (default apa)",
} as const satisfies OptionSpec;

const FORMATS = ["svg", "pdf", "png", "tiff"] as const;

export const figures: Verb = {
  name: "figures",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Writes the publication bundle: each figure with its source data, caption and alt text, at journal widths.",
  options: {
    width: {
      kind: "text",
      value: "85,114,174",
      help: "widths in mm: one column, one and a half, two (default all three)",
    },
    format: { kind: "text", value: "svg,pdf,png,tiff", help: "formats (default all four)" },
    dpi: { kind: "whole", range: [72, 2400], help: "dots per inch of PNG and TIFF (default 300)" },
    only: { kind: "text", value: "NAME,...", help: "only these figures" },
    "p-style": P_STYLE,
    out: { kind: "text", value: "DIR", help: "folder to write (default STUDY/figures)" },
  },
  example: ["caput figures studies/paper --width 85 --format pdf,png"],
  async run(call) {
    const { width, format, out, only, ...rest } = call.options as Record<string, string | undefined>;
    const formats = format?.split(",").map((each) => each.trim());
    const strange = formats?.find((each) => !(FORMATS as readonly string[]).includes(each));
    if (strange !== undefined) throw new UsageError(`--format takes ${FORMATS.join(", ")}, got ${strange}`);
    const widthsMm = width?.split(",").map(Number);
    const { writeFigures } = await import("../mod.ts");
    let bar = call.progress("figures", 1), total = 0;
    const files = await writeFigures(call.resolve(call.args[0]), {
      out: out === undefined ? undefined : call.resolve(out),
      widthsMm,
      formats: formats as typeof FORMATS[number][] | undefined,
      dpi: call.options.dpi === undefined ? undefined : Number(call.options.dpi),
      only: only?.split(",").map((each) => each.trim()),
      pStyle: rest["p-style"] as "apa" | undefined,
      onProgress: (done, all, file) => {
        if (all !== total) bar = call.progress("figures", total = all);
        bar.update(done, file);
      },
    });
    bar.end();
    if (call.json) call.printJson(files);
    else files.forEach((file) => call.print(file));
    return EXIT.done;
  },
};

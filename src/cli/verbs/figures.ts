import type { FigureFormat, PStyle } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { UsageError, type Verb } from "../call/verb.ts";

const WIDTHS_MM = [85, 114, 174], FORMATS = ["svg", "pdf", "png", "tiff"];

/** Option of figures and report: how p-values are printed. */
export const P_STYLE = {
  kind: ["apa", "nejm", "lancet", "ama", "graphpad", "scientific"],
  help: "style of p-values (default apa)",
} as const;

/** Parses a list such as `svg,pdf`; each item must be allowed. */
function listOf(text: string, { allowed, option }: { allowed: readonly string[]; option: string }): string[] {
  const words = text.split(",").map((word) => word.trim());
  const wrong = words.find((word) => !allowed.includes(word));
  if (wrong !== undefined) {
    throw new UsageError(`--${option} takes ${allowed.join(", ")}, got ${JSON.stringify(wrong)}`);
  }
  return words;
}

/** Widths in mm, each from 40 to 200. */
function widthsOf(text: string): number[] {
  return text.split(",").map((word) => {
    const mm = Number(word.trim().replace(/\s*mm$/, ""));
    if (!(mm >= 40 && mm <= 200)) {
      throw new UsageError(
        `--width must be a width in mm from 40 to 200, got ${JSON.stringify(word.trim())}`,
        "journals print columns of about 85, 114 and 174 mm",
      );
    }
    return mm;
  });
}

export const figures: Verb = {
  name: "figures",
  args: "STUDY",
  count: [1, 1],
  summary: "Writes the publication figures of a finished study with source data, captions and alt texts.",
  options: {
    width: {
      kind: "text",
      value: "MM",
      help: "widths in mm from 40 to 200, separated by commas (default 85,114,174)",
    },
    format: { kind: "text", value: "LIST", help: "svg, pdf, png, tiff, separated by commas (default all)" },
    dpi: {
      kind: "whole",
      range: [72, 1200],
      value: "N",
      help: "dots per inch of png and tiff (default 300)",
    },
    only: {
      kind: "text",
      value: "NAMES",
      help:
        "only these figures, separated by commas: names, or numbers as in captions.md (the page has other numbers)",
    },
    "p-style": P_STYLE,
    out: { kind: "text", value: "DIR", help: "folder to write (default: STUDY/figures)" },
  },
  example: ["caput figures studies/paper --width 85 --format pdf"],
  async run(call) {
    const { writeFigures } = await import("../../mod.ts");
    const { width, format, dpi, only, out } = call.options;
    const folder = call.resolve(call.args[0]);
    const list = (value: unknown, allowed: readonly string[], option: string) =>
      value === undefined ? allowed : listOf(String(value), { allowed, option });
    let bar: ReturnType<typeof call.progress> | undefined;
    const files = await writeFigures(folder, {
      out: out === undefined ? undefined : call.resolve(String(out)),
      widthsMm: width === undefined ? WIDTHS_MM : widthsOf(String(width)),
      formats: list(format, FORMATS, "format") as FigureFormat[],
      dpi: dpi === undefined ? undefined : Number(dpi),
      only: only === undefined ? undefined : String(only).split(",").map((name) => name.trim()),
      pStyle: call.options["p-style"] as PStyle | undefined,
      onProgress: (done, total, file) => (bar ??= call.progress("files", total)).update(done, file),
    });
    bar?.end();
    if (call.json) call.printJson({ files });
    else files.forEach((file) => call.print(file));
    call.note(`Written to ${call.resolve(out === undefined ? `${call.args[0]}/figures` : String(out))}.`);
    return EXIT.done;
  },
};

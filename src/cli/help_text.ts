import { COMMON_OPTIONS } from "./call/parse_options.ts";
import type { OptionSpec, Verb } from "./call/verb.ts";

const WIDTH = 96;

/** Breaks a paragraph into lines that start with `indent`. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => indent + each).join("\n");
}

function optionText(name: string, spec: OptionSpec): string {
  const value = spec.kind === "flag"
    ? ""
    : ` ${Array.isArray(spec.kind) ? spec.kind.join("|") : spec.value ?? "VALUE"}`;
  const head = `  --${name}${value}`;
  const range = typeof spec.kind === "string" && "range" in spec && spec.range
    ? `; ${spec.range[0]} to ${spec.range[1]}`
    : "";
  const body = wrap(spec.help + range, " ".repeat(28));
  return head.length < 27 ? head.padEnd(28) + body.trimStart() : `${head}\n${body}`;
}

/** The text of `caput VERB --help`: usage, description, options, examples. */
export function verbHelp(verb: Verb): string {
  const options = Object.entries({ ...verb.options, ...COMMON_OPTIONS });
  return [
    `caput ${[verb.name, verb.args].filter(Boolean).join(" ")} [options]`,
    "",
    wrap(verb.summary, ""),
    ...(verb.details ? ["", wrap(verb.details, "")] : []),
    "",
    "Options",
    ...options.map(([name, spec]) => optionText(name, spec)),
    "",
    "Example",
    ...verb.example.map((line) => `  deno task -q ${line}`),
  ].join("\n");
}

/** The text of `caput --help`. */
export function overview(verbs: readonly Verb[]): string {
  const width = Math.max(...verbs.map((verb) => `${verb.name} ${verb.args}`.length)) + 3;
  return [
    "caput: how far a femoral head on a hip radiograph has moved from healthy.",
    "Research and teaching only, not a medical device.",
    "",
    "deno task -q caput VERB [...]      caput VERB --help shows its options and an example",
    "",
    ...verbs.map((verb) =>
      `  ${`${verb.name} ${verb.args}`.padEnd(width)}${verb.summary.split(/[;:]|\.(?:\s|$)/)[0]}`
    ),
    "",
    "Exit codes: 0 all done; 1 some inputs failed, the rest is complete; 2 wrong usage or input, nothing",
    "was run; 3 integrity (model hash, lock, checksum); 4 environment (device, disk full, read-only);",
    "70 a bug in Caput, please report it; 130 interrupted, run the same command again (training: with",
    "--resume) to continue.",
  ].join("\n");
}

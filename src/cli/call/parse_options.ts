import { nearestName } from "./nearest_name.ts";
import { type OptionSpec, type OptionValues, UsageError, type Verb } from "./verb.ts";

/** Options of every verb. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { kind: "flag", help: "print only JSON on standard output" },
  quiet: { kind: "flag", help: "print no progress or notes on standard error" },
  help: { kind: "flag", help: "show this page" },
};

function readValue(name: string, spec: OptionSpec, text: string): string | number {
  if (Array.isArray(spec.kind)) {
    if (spec.kind.includes(text)) return text;
    const near = nearestName(text, spec.kind);
    throw new UsageError(
      `--${name} takes one of ${spec.kind.join(", ")}, got ${JSON.stringify(text)}`,
      near ? `did you mean ${near}?` : "",
    );
  }
  if (spec.kind !== "number" && spec.kind !== "whole") return text;
  const value = text.trim() === "" ? NaN : Number(text);
  const [low, high] = spec.range ?? [-Infinity, Infinity];
  const fits = Number.isFinite(value) && value >= low && value <= high;
  if (!fits || (spec.kind === "whole" && !Number.isSafeInteger(value))) {
    const noun = spec.kind === "whole" ? "a whole number" : "a number";
    const range = spec.range ? ` from ${low} to ${high}` : "";
    throw new UsageError(`--${name} takes ${noun}${range}, got ${JSON.stringify(text)}`);
  }
  return value;
}

/**
 * Splits the words after a verb into arguments and options (`--name value`, `--name=value`, `--flag`, `-h`;
 * words after `--` are arguments).
 *
 * @throws {UsageError} on an unknown or repeated option, a missing or invalid value, too few or too many arguments.
 */
export function parseOptions(
  verb: Verb,
  words: readonly string[],
): { args: string[]; options: OptionValues } {
  const specs = { ...verb.options, ...COMMON_OPTIONS };
  const args: string[] = [];
  const options = new Map<string, string | number | boolean>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === "--") {
      args.push(...words.slice(i + 1));
      break;
    }
    if (word === "-h") options.set("help", true);
    else if (!word.startsWith("-") || word === "-") args.push(word);
    else {
      const [, name, attached] = word.match(/^--?([^=]*)(?:=([\s\S]*))?$/) as RegExpMatchArray;
      if (!word.startsWith("--") || !Object.hasOwn(specs, name)) {
        const near = nearestName(name, Object.keys(specs));
        const fix = near ? `did you mean --${near}?` : `caput ${verb.name} --help lists its options`;
        throw new UsageError(`caput ${verb.name} has no option ${word.split("=")[0]}`, fix);
      }
      if (options.has(name)) throw new UsageError(`--${name} was given twice`, "give it once");
      const spec = specs[name];
      if (spec.kind === "flag") {
        if (attached !== undefined) throw new UsageError(`--${name} takes no value, got ${attached}`);
        options.set(name, true);
        continue;
      }
      const text = attached ?? words[++i];
      if (text === undefined || (attached === undefined && text.startsWith("--"))) {
        throw new UsageError(`--${name} needs a value`, `write --${name} ${spec.value ?? "VALUE"}`);
      }
      options.set(name, readValue(name, spec, text));
    }
  }
  if (!options.has("help")) checkCount(verb, args);
  return { args, options: Object.fromEntries(options) };
}

function checkCount(verb: Verb, args: readonly string[]): void {
  const [fewest, most] = verb.count;
  if (args.length >= fewest && args.length <= most) return;
  const rule = most === 0 ? "no arguments" : verb.args;
  throw new UsageError(
    `caput ${verb.name} takes ${rule}, got ${args.length === 0 ? "nothing" : args.join(" ")}`,
    `try: ${verb.example[0]}`,
  );
}

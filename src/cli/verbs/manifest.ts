import { dirname } from "node:path";
import type { ManifestDraft } from "../../mod.ts";
import { EXIT } from "../call/exit_code.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";

/** Converts the value of `--map`, such as `name=REGEX;grade=I:1,II:2;side=D:right`, to options of the draft. */
function readRules(text: string): { pattern?: string; grade?: string; side?: string } {
  const rules: Record<string, string> = {};
  for (const part of text.split(";").map((each) => each.trim()).filter((each) => each !== "")) {
    const at = part.indexOf("="), name = part.slice(0, at).trim();
    if (at < 0 || !["name", "grade", "side"].includes(name)) {
      throw new UsageError(
        `--map must give rules for name, grade and side, got ${JSON.stringify(part)}`,
        String.raw`such as 'name=(?<patient>\w+)_(?<side>[RL])_(?<grade>\w+);grade=I:1,II:2;side=D:right'`,
      );
    }
    rules[name] = part.slice(at + 1);
  }
  return {
    pattern: rules.name,
    grade: rules.grade?.replaceAll(":", "="),
    side: rules.side?.replaceAll(":", "="),
  };
}

/** The regular expression of the rule for names. */
function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  const groups = [...text.matchAll(/\(\?<([^=!>][^>]*)>/g)].map(([, name]) => name);
  const wrong = groups.find((name) => !["patient", "side", "grade"].includes(name));
  if (wrong !== undefined || groups.length === 0) {
    throw new UsageError(
      `--map must name at least one of the groups patient, side and grade, and no other${
        wrong === undefined ? "" : `, got ${JSON.stringify(wrong)}`
      }`,
      String.raw`such as 'name=(?<patient>\w+)_(?<side>[RL])'`,
    );
  }
  try {
    return new RegExp(text);
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: /, "");
    throw new UsageError(
      `--map cannot be read: its rule for names is not a valid regular expression (${reason})`,
      String
        .raw`such as 'name=(?<patient>\w+)_(?<side>[RL])'; close every bracket, and write \( for a bracket in a name`,
    );
  }
}

/** Files that are not films, with the reason; files with the same reason are in one line. */
function noteSkipped(call: Call, { skipped }: ManifestDraft): void {
  for (const [reason, files] of Map.groupBy(skipped, (each) => each.reason)) {
    const names = files.slice(0, 3).map(({ file }) => file).join(", ");
    call.note(`skipped ${names}${files.length > 3 ? ` and ${files.length - 3} more` : ""}: ${reason}`);
  }
}

/** Columns that the user must fill in or check, with row numbers as in a spreadsheet. */
function noteNeeds(call: Call, { needs }: ManifestDraft, rowList: (rows: readonly number[]) => string): void {
  const rowsOf = new Map<string, number[]>();
  for (const { row, column, reason } of needs) {
    if (column === "patient") continue; // reported by notePatterns
    const need = `${column} (${reason})`;
    rowsOf.set(need, [...rowsOf.get(need) ?? [], row]);
  }
  for (const [need, rows] of rowsOf) {
    call.note(`To fill in or check: ${need}: ${rowList(rows)}`);
  }
}

/** Films that the pattern of `--map` does not match. */
function noteUnmatched(call: Call, { unmatched, patterns }: ManifestDraft): void {
  if (unmatched.length === 0) return;
  const films = patterns.reduce((sum, pattern) => sum + pattern.films, 0);
  call.note(
    `The pattern of --map does not match ${unmatched.length} of ${films} films, such as ${
      unmatched[0]
    }. It is matched with the path below ${call.args[0]}. Each of these films counts as a separate patient.`,
  );
}

/** A suggested pattern, made from one of the folder's file names, and what it would read from that name. */
function exampleRule(file: string): string {
  const number = /\d+/.exec(file.replace(/\.[^./]*$/, ""));
  return number
    ? String.raw`--map 'name=(?<patient>\d+)' reads patient ${number[0]} from ${file}`
    : String.raw`--map 'name=^(?<patient>[^/]+)/' uses the first folder as the patient`;
}

/** How the folder's file names were interpreted, and how to state the pattern if this is uncertain. */
function notePatterns(call: Call, { patterns }: ManifestDraft): void {
  for (const { like, films, example, patient, patientSure, side } of patterns.slice(0, 8)) {
    const who = patientSure
      ? `patient ${JSON.stringify(patient)}`
      : films === 1
      ? "counted as a patient of its own (the name does not identify the patient reliably)"
      : "each film counted as a separate patient (the name does not identify the patient reliably)";
    const named = films === 1 ? `1 film, ${example}` : `${films} films like ${like}, such as ${example}`;
    call.note(`${named}: ${who}, ${side === "both" ? "both sides" : side}`);
  }
  if (patterns.length > 8) call.note(`and ${patterns.length - 8} more naming patterns`);
  const unsure = patterns.find(({ patientSure }) => !patientSure);
  if (unsure) {
    call.note(
      `Films of one patient must have the same patient id, or results look more certain than they are. Declare how names identify the patient: ${
        exampleRule(unsure.example)
      }.`,
    );
  }
}

export const manifest: Verb = {
  name: "manifest",
  args: "FOLDER",
  count: [1, 1],
  summary: "Drafts a cohort file from a folder of films. Grades are never guessed.",
  details:
    "Paths are written relative to the cohort file. Folders such as P012, and names that differ only in the side, identify one patient. " +
    "Every other film counts as a separate patient, and is reported, until you declare a pattern with --map.",
  options: {
    out: { kind: "text", value: "FILE", help: "write the draft to FILE (default: print it)" },
    force: { kind: "flag", help: "replace FILE if it exists" },
    map: {
      kind: "text",
      value: "RULES",
      help: String
        .raw`how to read names, such as 'name=(?<patient>\w+)_(?<side>[RL]);grade=I:1,II:2;side=D:right'`,
    },
  },
  example: [
    "caput manifest films --out cohort.csv",
    String.raw`caput manifest films --out cohort.csv --map 'name=(?<patient>\d+)_(?<side>[RL])'`,
  ],
  async run(call) {
    const caput = await import("../../mod.ts");
    const rules = readRules(String(call.options.map ?? "")), pattern = patternOf(rules.pattern);
    const out = call.options.out === undefined ? undefined : call.resolve(String(call.options.out));
    if (out !== undefined && call.options.force !== true && await exists(out)) {
      throw new UsageError(
        `${call.options.out} already exists and may contain grades you entered`,
        "choose another file, or replace it with --force",
      );
    }
    const folder = call.resolve(call.args[0]), from = out === undefined ? call.resolve(".") : dirname(out);
    let bar: ReturnType<typeof call.progress> | undefined;
    const draft = await caput.draftManifest(folder, {
      pattern,
      gradeMap: rules.grade === undefined ? undefined : caput.parseGradeMap(rules.grade),
      sideMap: rules.side === undefined ? undefined : caput.parseSideMap(rules.side),
      from,
      look: caput.lookAtFilm,
      onFile: (done, total) => (bar ??= call.progress("files", total)).update(done),
    });
    bar?.end();
    const text = caput.manifestText(draft.rows);
    if (out !== undefined) await caput.writeAtomic(out, text);
    if (call.json) call.printJson(draft);
    else if (out === undefined) call.print(text.trimEnd());
    noteSkipped(call, draft);
    notePatterns(call, draft);
    noteUnmatched(call, draft);
    noteNeeds(call, draft, caput.rowList);
    if (out !== undefined) {
      const inside = draft.rows.every(({ radiograph }) => !radiograph.startsWith("../"));
      const root = inside ? "" : ` --root ${call.args[0]}`;
      call.note(`Enter the grades, then run: caput run --cohort ${call.options.out}${root}`);
    }
    return EXIT.done;
  },
};

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

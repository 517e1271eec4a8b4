import { EXIT } from "../call/exit_code.ts";
import { UsageError, type Verb } from "../call/verb.ts";

/** Reads `patient=REGEX;grade=I:1,II:2;side=D:right` into the draft's options. */
function readRules(text: string): { pattern?: string; grade?: string; side?: string } {
  const rules: Record<string, string> = {};
  for (const part of text.split(";").map((each) => each.trim()).filter((each) => each !== "")) {
    const at = part.indexOf("="), name = part.slice(0, at).trim();
    if (at < 0 || !["name", "grade", "side"].includes(name)) {
      throw new UsageError(
        `--map takes rules for name, grade and side, got ${JSON.stringify(part)}`,
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

export const manifest: Verb = {
  name: "manifest",
  args: "FOLDER",
  count: [1, 1],
  summary: "Drafts a cohort file from a folder of films; grades are never guessed.",
  options: {
    out: { kind: "text", value: "FILE", help: "write the draft to FILE (default: print it)" },
    map: {
      kind: "text",
      value: "RULES",
      help: String
        .raw`how names are read, such as 'name=(?<patient>\w+)_(?<side>[RL]);grade=I:1,II:2;side=D:right'`,
    },
  },
  example: ["caput manifest films --out films/cohort.csv"],
  async run(call) {
    const caput = await import("../../mod.ts");
    const rules = readRules(String(call.options.map ?? ""));
    const draft = await caput.draftManifest(call.resolve(call.args[0]), {
      pattern: rules.pattern === undefined ? undefined : new RegExp(rules.pattern),
      gradeMap: rules.grade === undefined ? undefined : caput.parseGradeMap(rules.grade),
      sideMap: rules.side === undefined ? undefined : caput.parseSideMap(rules.side),
      look: caput.lookAtFilm,
    });
    const text = caput.manifestText(draft.rows);
    if (call.options.out !== undefined) await caput.writeAtomic(call.resolve(String(call.options.out)), text);
    if (call.json) call.printJson(draft);
    else if (call.options.out === undefined) call.print(text.trimEnd());
    for (const { file, reason } of draft.skipped) call.note(`passed over ${file}: ${reason}`);
    const needs = new Map<string, number>();
    for (const { column, reason } of draft.needs) {
      needs.set(`${column}: ${reason}`, (needs.get(`${column}: ${reason}`) ?? 0) + 1);
    }
    for (const [need, count] of needs) call.note(`${count} rows need you for the ${need}`);
    return EXIT.done;
  },
};

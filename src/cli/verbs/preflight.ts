import { withFilms } from "../call/film_paths.ts";
import { relative } from "node:path";
import type { Cohort, FilmIdentity } from "../../mod.ts";
import { COHORT_OPTIONS, requireCohortFile } from "../call/cohort_options.ts";
import { eachFile } from "../call/each_file.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";

/** Reads the cohort file of a call. Problems in the file do not stop a preflight; it reports them. */
async function cohortOf(call: Call): Promise<Cohort | null> {
  const { cohort, root, columns, "grade-map": grades, "side-map": sides } = call.options as Record<
    string,
    string
  >;
  if (cohort === undefined) return null;
  await requireCohortFile(call);
  const { parseColumnMap, parseGradeMap, parseSideMap, readCohort } = await import("../../mod.ts");
  return await readCohort(call.resolve(cohort), {
    root: root === undefined ? undefined : call.resolve(root),
    gradeMap: grades === undefined ? undefined : parseGradeMap(grades),
    sideMap: sides === undefined ? undefined : parseSideMap(sides),
    columnMap: columns === undefined ? undefined : parseColumnMap(columns),
  });
}

/** Films of the cohort: full path by the path relative to the current folder. */
function filmsOf(cohort: Cohort | null, call: Call): Map<string, string> {
  const paths = new Set(cohort?.rows.flatMap(({ radiograph }) => radiograph ? [radiograph] : []) ?? []);
  return new Map([...paths].map((path) => [relative(call.resolve("."), path), path]));
}

/** How many films had each verdict, and the most frequent reasons. */
function noteVerdicts(call: Call, { verdict, reasons }: { verdict: string[]; reasons: string[] }): void {
  if (verdict.length < 2) return;
  const each = ["pass", "warn", "refuse"].map((name) =>
    `${verdict.filter((v) => v === name).length} ${name}`
  );
  const counts = new Map<string, number>();
  for (const code of reasons.flatMap((codes) => codes.split(" ")).filter((code) => code !== "")) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([code, count]) => `${code} ${count}`);
  call.note(
    `${verdict.length} films were checked: ${each.join(", ")}${
      most.length ? `; reasons: ${most.join(", ")}` : ""
    }`,
  );
}

export const preflight: Verb = {
  name: "preflight",
  args: "[PATH...]",
  count: [0, Infinity],
  summary:
    "Checks whether a film can be used: view, polarity, pixel spacing, side, implant, cut-off head, burnt-in text.",
  options: {
    csv: { kind: "text", value: "FILE", help: "also write file, verdict and reasons as a table to FILE" },
    cohort: {
      kind: "text",
      value: "FILE",
      help: "also check a cohort file and its images; problems and contradictions are listed by row",
    },
    root: COHORT_OPTIONS.root,
    columns: COHORT_OPTIONS.columns,
    "grade-map": COHORT_OPTIONS["grade-map"],
    "side-map": COHORT_OPTIONS["side-map"],
    models: SHARED.models,
    device: SHARED.device,
  },
  example: [
    "caput preflight films/*.dcm --csv preflight.csv",
    "caput preflight --cohort films/cohort.csv",
  ],
  run: (call) =>
    withFilms(call, async (call) => {
      if (call.args.length === 0 && call.options.cohort === undefined) {
        throw new UsageError(
          "caput preflight needs films, --cohort FILE, or both",
          "see caput preflight --help",
        );
      }
      const caput = await import("../../mod.ts");
      const cohort = await cohortOf(call), rowPaths = filmsOf(cohort, call);
      if (cohort?.problems.some(({ severity }) => severity === "error")) {
        call.note(
          `${call.options.cohort} must be corrected before caput run accepts it; its faults are listed after the films. ` +
            "Films that are named only in rows with such faults are not checked.",
        );
      }
      const seen = new Map<string, FilmIdentity>();
      const { models: folder, device, csv } = call.options as Record<string, string | undefined>;
      const models = await caput.loadUnet(folder === undefined ? undefined : call.resolve(folder), {
        device: device as "auto" | undefined,
      });
      const reader = caput.sharedReader();
      const table = { file: [] as string[], verdict: [] as string[], reasons: [] as string[] };
      const films = { ...call, args: [...new Set([...call.args, ...rowPaths.keys()])] };
      let code = await eachFile(films, {
        label: "films",
        unusable: "refused",
        read: (path) => reader.read(path),
        work: async (film, typed) => {
          const { storedSha256, headerSide } = film.radiograph;
          seen.set(rowPaths.get(typed) ?? call.resolve(typed), { storedSha256, headerSide });
          const { verdict, reasons } = await caput.preflightFilm(film, models);
          table.file.push(typed);
          table.verdict.push(verdict);
          table.reasons.push(reasons.map((reason) => reason.code).join(" "));
          const lines = reasons.map(({ code, message }) => `${code}: ${message}`);
          const plain = reasons.map(({ code, message }) => ({ code, message }));
          return {
            record: { verdict, reasons: plain },
            lines: [verdict, ...lines],
            usable: verdict !== "refuse",
          };
        },
      });
      noteVerdicts(call, table);
      if (cohort) {
        const typed = String(call.options.cohort), { verdict, reasons } = caput.cohortConflicts(cohort, seen);
        if (call.json) call.printJson({ file: typed, verdict, reasons });
        else {call.print([
            typed,
            verdict,
            ...reasons.map(({ code, message }) => `${code}: ${message}`),
          ].join("\n  "));}
        table.file.push(typed);
        table.verdict.push(verdict);
        table.reasons.push(reasons.map((reason) => reason.code).join(" "));
        if (verdict === "refuse") code = EXIT.someFailed;
      }
      if (csv !== undefined) await caput.writeTableFile(call.resolve(csv), table);
      return code;
    }),
};

import { relative } from "node:path";
import { zipSync } from "fflate";
import { writeAtomic } from "../files/write_atomic.ts";
import { inlineFigures } from "./figures/inline_figures.ts";
import type { Checklist, StudyParts } from "./checklists/checklist.ts";
import { claimChecklist } from "./checklists/claim_checklist.ts";
import { dataSheet } from "./text/data_sheet.ts";
import type { PStyle } from "../stats/format/format_p.ts";
import { methodsText } from "./text/methods_text.ts";
import { modelCard } from "./text/model_card.ts";
import { type OpenStudy, pairsWithoutDiseased, readStudy } from "./read/read_study.ts";
import { type ReportText, toHtml, toMarkdown } from "./text/render_text.ts";
import { resultsText } from "./text/results_text.ts";
import { headGroups, rowsBehind } from "./text/rows_behind.ts";
import { stardChecklist } from "./checklists/stard_checklist.ts";
import { ARCHIVE_TIME, toDocx } from "./text/to_docx.ts";
import { tripodChecklist } from "./checklists/tripod_checklist.ts";

/** Options of {@linkcode writeReport}. */
export interface WriteReportOptions {
  /** Output folder. @default `report` in the study folder */
  out?: string;
  /** How p-values are printed. @default {"apa"} */
  pStyle?: PStyle;
}

/** Files of the study that `tables.zip` contains: tables and records, no images. */
const ARCHIVED = [
  ...["study.json", "comparisons.json", "normative.json", "reliability.json", "failures.csv"],
  ...["heads.parquet", "latents.parquet", "deviations.parquet", "projection.parquet"],
];

/**
 * Writes the report of a finished study: methods, results, model card and data sheet (each as Markdown, together as one
 * HTML page with the figures and as one Word document), drafts of three checklists, a citation file, and a ZIP file of
 * tables, texts and hashes. Every number is read from the study's files or computed from its tables; the same study gives
 * the same bytes.
 *
 * @returns Names of the files, in the order written, relative to the report's folder.
 * @throws {InputError} if the study is not finished, or its tables do not list the same heads.
 * @throws {IntegrityError} if a JSON file of the study is not valid JSON.
 * @throws {RangeError} if the study does not contain a number that a text needs.
 */
export async function writeReport(
  studyFolder: string,
  { out = `${studyFolder}/report`, pStyle = "apa" }: WriteReportOptions = {},
): Promise<string[]> {
  const record = await readStudy(studyFolder);
  const base = `${relative(out, studyFolder).replaceAll("\\", "/") || "."}/`;
  const figures = await inlineFigures(record, pStyle);
  const files = reportFiles(record, { pStyle, base, figures });
  files["tables.zip"] = await archiveOf(record, files);
  await Deno.mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeAtomic(`${out}/${name}`, content);
  return Object.keys(files);
}

/** Every file of a report except `tables.zip`, by name. */
export function reportFiles(
  record: OpenStudy,
  { pStyle, base, figures = new Map() }: {
    pStyle: PStyle;
    /** Relative path from the report to the study folder, ending with a slash. */
    base: string;
    /** Figures as HTML, by title of the text and heading of the section. @default none */
    figures?: ReadonlyMap<string, readonly string[]>;
  },
): Record<string, string | Uint8Array> {
  const texts: Record<string, ReportText> = {
    methods: methodsText(record),
    results: resultsText(record, { pStyle }),
    model_card: modelCard(record),
    data_sheet: dataSheet(record),
  };
  const checklists = [claimChecklist, stardChecklist, tripodChecklist].map((make) => make(partsOf(record)));
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, text] of Object.entries(texts)) files[`${name}.md`] = toMarkdown(text, { base });
  files["report.html"] = toHtml(Object.values(texts), {
    title: `Report of ${record.study.cohort.name}`,
    groups: headGroups(record.heads),
    figuresOf: figuresByPlace(figures, Object.values(texts)),
    rowsOf: (cited) => rowsBehind(cited, record.comparisons),
  });
  files["report.docx"] = toDocx(Object.values(texts));
  files["checklists.md"] = checklists.map(checklistMarkdown).join("\n");
  files["CITATION.cff"] = citation(record);
  return files;
}

/** Figures by section. A figure whose section the study does not have is placed in the section Results, Cohort. */
function figuresByPlace(
  figures: ReadonlyMap<string, readonly string[]>,
  texts: readonly ReportText[],
): (title: string, heading: string) => readonly string[] {
  const there = new Set(
    texts.flatMap(({ title, sections }) => sections.map(({ heading }) => `${title}/${heading}`)),
  );
  const unplaced = [...figures].filter(([place]) => !there.has(place)).flatMap(([, html]) => html);
  return (title, heading) => {
    const place = `${title}/${heading}`;
    return [...figures.get(place) ?? [], ...(place === "Results/Cohort" ? unplaced : [])];
  };
}

function partsOf({ study, comparisons }: OpenStudy): StudyParts {
  return {
    synthetic: study.cohort.kind === "synthetic",
    shortcuts: (comparisons.shortcuts ?? []).length > 0,
    without: pairsWithoutDiseased(comparisons).length > 0,
    staging: Boolean(comparisons.staging),
  };
}

function checklistMarkdown({ name, source, checked, items }: Checklist): string {
  const rows = items.map(({ item, asks, state, note }) => `| ${item} | ${asks} | ${state} | ${note} |`);
  return [
    `# ${name}: a draft`,
    `Items by number, abbreviated in our own words; the guideline's text is binding (${source}). Three states, no total score.`,
    checked,
    ["| item | topic | state | note |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n") + "\n";
}

/** Citation File Format 1.2.0; the authors of the study must add their names. */
function citation({ study }: OpenStudy): string {
  const text = (value: unknown) => JSON.stringify(String(value ?? ""));
  return [
    "cff-version: 1.2.0",
    `message: "If you use this study, cite it and the software that made it."`,
    "type: dataset",
    `title: ${text(`Caput study of ${study.cohort.name}`)}`,
    "authors:",
    `  - name: "needs author"`,
    "references:",
    "  - type: software",
    `    title: "Caput"`,
    `    version: ${text(study.caput)}`,
    "    authors:",
    `      - name: "The Caput contributors"`,
    "",
  ].join("\n");
}

/** A ZIP file of the study's tables, the report's files, a README and the SHA-256 of each. */
async function archiveOf(
  record: OpenStudy,
  texts: Record<string, string | Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries: Record<string, Uint8Array> = {};
  for (const [name, content] of Object.entries(texts)) {
    entries[`report/${name}`] = typeof content === "string" ? new TextEncoder().encode(content) : content;
  }
  for (const name of ARCHIVED) {
    try {
      entries[`study/${name}`] = await Deno.readFile(`${record.path}/${name}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // not every study has every file
    }
  }
  entries["README.txt"] = new TextEncoder().encode(archiveReadme(record));
  const lines = await Promise.all(
    Object.entries(entries).map(async ([name, bytes]) => {
      const digest = await crypto.subtle.digest("SHA-256", bytes as BufferSource);
      return `${new Uint8Array(digest).toHex()}  ${name}`;
    }),
  );
  entries["SHA256SUMS"] = new TextEncoder().encode(lines.sort().join("\n") + "\n");
  return new Uint8Array(zipSync(entries, { mtime: ARCHIVE_TIME }));
}

/** README of `tables.zip`: contents, software version, and how to verify files and study. */
function archiveReadme({ study }: OpenStudy): string {
  const synthetic = study.cohort.kind === "synthetic" ? "The cohort is synthetic.\n" : "";
  return `Tables and report of the study "${study.cohort.name}".
${synthetic}
study/       tables (Parquet, one row per head, joined by head_id) and records (JSON)
report/      methods, results, model card, data sheet, checklist drafts, CITATION.cff
SHA256SUMS   sha256 of every other file: sha256sum -c SHA256SUMS

Code: Caput ${study.caput}, device ${study.device}. Models, plan, seeds and the hash of every input and output of the study
are in study/study.json. If you have the study folder, "deno task -q caput verify STUDY" computes all hashes again and
recomputes split, distances and comparisons.
`;
}

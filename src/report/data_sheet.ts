import { type Cited, citer, prose } from "./prose.ts";
import type { HeadRecord, OpenStudy } from "./read_study.ts";
import type { ReportText } from "./render_text.ts";

/** What the data of a study are: counts by group, missing values, what was kept and what was not. */
export function dataSheet({ study, heads }: OpenStudy): ReportText {
  const cite = citer("study.json", study);
  const synthetic = study.cohort.kind === "synthetic";
  return {
    title: "Data sheet",
    sections: [
      {
        heading: "Composition",
        paragraphs: [
          prose`${cite("/cohort/films")} films with ${
            cite("/cohort/heads")
          } heads, cohort "${study.cohort.name}" (${study.cohort.kind}).`,
          ...["train", "validation", "held-out"].map((split) =>
            describe(heads.filter((head) => head.split === split), split)
          ),
        ],
      },
      { heading: "Missing values", paragraphs: missing(heads) },
      {
        heading: "Origin and handling",
        paragraphs: [
          [
            synthetic
              ? "The films were drawn by a computer from published anatomy; no patient is behind them."
              : "Origin, consent and ethics: needs author.",
          ],
          [
            "Ids in the study folder are keyed and show no identity; names, dates and file names of films are not in it. Crops, " +
            "codes and scores are.",
          ],
        ],
      },
    ],
  };
}

function describe(heads: readonly HeadRecord[], split: string) {
  const number = (value: number, how: string, digits = 0): Cited => ({
    text: value.toFixed(digits),
    file: "heads.parquet",
    pointer: `split ${split}: ${how}`,
    value,
  });
  const ages = heads.map((head) => head.age).filter(Number.isFinite).sort((a, b) => a - b);
  const women = heads.filter((head) => /^(f|female|w)$/i.test(head.sex)).length;
  const sites = new Set(heads.map((head) => head.site).filter((site) => site !== "")).size;
  const grades = [0, 1, 2, 3, 4].map((grade) => heads.filter((head) => head.grade === grade).length);
  const age = ages.length > 0
    ? prose`; median age ${number(ages[ages.length >> 1], "median of age")} years`
    : prose`; age not given`;
  return prose`${split}: ${number(heads.length, "rows")} heads of ${
    number(new Set(heads.map((head) => head.patient)).size, "distinct patients")
  } patients; grades 0 to 4: ${
    grades.map((n, grade) => prose`${grade > 0 ? ", " : ""}${number(n, `grade ${grade}`)}`).flat()
  }; ${number(women, "sex F")} heads of women; ${number(sites, "distinct sites")} sites${age}.`;
}

function missing(heads: readonly HeadRecord[]) {
  const fields = ["age", "headRadiusMm", "dice"] as const;
  const lines = fields.map((field) => ({
    field,
    n: heads.filter((head) => Number.isNaN(head[field])).length,
  }));
  return lines.map(({ field, n }) =>
    prose`${field}: missing for ${{
      text: String(n),
      file: "heads.parquet",
      pointer: `NaN in ${field}`,
      value: n,
    }} heads.`
  );
}

import { isUnnamedCohort } from "../../study/cohort/unnamed_cohort.ts";
import { citer, type Paragraph, prose } from "./prose.ts";
import { counted, medianOf } from "./counted.ts";
import type { HeadRecord, OpenStudy } from "../read/read_study.ts";
import type { ReportText } from "./render_text.ts";

/** Names of the fields that may be missing. */
const FIELDS = {
  age: "Age",
  sex: "Sex",
  site: "Site",
  headRadiusMm: "Radius in millimetres",
  dice: "Dice",
} as const;

/** Data sheet of a study: counts by subset, missing values, exclusions, quality codes, origin. */
export function dataSheet({ study, heads, failures }: OpenStudy): ReportText {
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
          } heads. Name of the cohort: ${study.cohort.name}${
            synthetic
              ? " (synthetic)"
              : isUnnamedCohort(study.cohort.name)
              ? " (made from the hash of its file; --name gives it another)"
              : ""
          }.`,
          ...["train", "validation", "held-out"].map((split) =>
            describe(heads.filter((head) => head.split === split), split)
          ),
        ],
      },
      { heading: "Missing values", paragraphs: missing(heads) },
      { heading: "Excluded heads", paragraphs: [failuresText(failures)] },
      { heading: "Quality codes", paragraphs: [qualityText(heads)] },
      {
        heading: "Origin and handling",
        paragraphs: [
          [
            synthetic
              ? "The films were computed from published models of anatomy; they show no patients."
              : "The author must add the origin of the films, consent and ethics approval.",
          ],
          [
            "Ids in the study folder are keyed hashes; it contains no names, dates or file names of films. It does contain crops, " +
            "latent vectors and scores.",
          ],
        ],
      },
    ],
  };
}

function describe(heads: readonly HeadRecord[], split: string): Paragraph {
  const number = (value: number, how: string) => counted(value, `split ${split}: ${how}`);
  const ages = heads.map((head) => head.age).filter(Number.isFinite);
  const known = heads.filter((head) => head.sex !== "").length;
  const women = heads.filter((head) => /^(f|female|w)$/i.test(head.sex)).length;
  const sites = new Set(heads.map((head) => head.site).filter((site) => site !== "")).size;
  const sex = known > 0 ? prose`${number(women, "sex F")} heads of women` : prose`sex not given`;
  const places = sites > 0 ? prose`; ${number(sites, "distinct sites")} sites` : prose`; site not given`;
  const grades = [0, 1, 2, 3, 4].map((grade) => heads.filter((head) => head.grade === grade).length);
  const ungraded = heads.filter((head) => head.grade < 0).length;
  const withoutGrade = ungraded > 0 ? prose`; ${number(ungraded, "ungraded rows")} without a grade` : [];
  const age = ages.length > 0
    ? prose`; median age ${number(medianOf(ages), "median of age")} years`
    : prose`; age not given`;
  return prose`${split}: ${number(heads.length, "rows")} heads of ${
    number(new Set(heads.map((head) => head.patient)).size, "distinct patients")
  } patients; grades 0 to 4: ${
    grades.map((n, grade) => prose`${grade > 0 ? ", " : ""}${number(n, `grade ${grade}`)}`).flat()
  }${withoutGrade}; ${sex}${places}${age}.`;
}

function missing(heads: readonly HeadRecord[]): Paragraph[] {
  return Object.entries(FIELDS).map(([field, words]) => {
    const values = heads.map((head) => head[field as keyof typeof FIELDS]);
    const n = values.filter((value) => value === "" || Number.isNaN(value)).length;
    const how = typeof values[0] === "string" ? `empty ${field}` : `NaN in ${field}`;
    return prose`${words}: missing for ${counted(n, how)} heads.`;
  });
}

/** Sentence with the number of heads that could not be used, by reason. */
export function failuresText(failures: OpenStudy["failures"]): Paragraph {
  if (failures.length === 0) return ["Every head of the cohort could be used."];
  const list = failures.map(({ code, n }, i) =>
    prose`${i > 0 ? ", " : ""}${code.replaceAll("-", " ")}: ${
      counted(n, `rows with code ${code}`, { file: "failures.csv" })
    }`
  ).flat();
  return prose`Heads that could not be used, by reason: ${list}.`;
}

function qualityText(heads: readonly HeadRecord[]): Paragraph {
  const counts = new Map<string, number>();
  for (const code of heads.flatMap(({ quality }) => quality.split(" ").filter((each) => each !== ""))) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size === 0) return ["No head has a quality code."];
  const list = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, n], i) =>
    prose`${i > 0 ? ", " : ""}${code}: ${counted(n, `quality contains ${code}`)}`
  ).flat();
  return prose`Heads with a quality code: ${list}.`;
}

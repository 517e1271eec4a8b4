import { type Checklist, checklistOf, type ItemLine } from "./checklist.ts";

const LINES: readonly ItemLine[] = [
  ["1", "title or abstract names a measure of accuracy", "a", "The title is the author's."],
  ["2", "structured abstract", "a", "Results for it: results.md."],
  ["3", "background, intended use of the test", "a", "Research and teaching only; see model_card.md, Use."],
  ["4", "aims and hypotheses", "a", "State them before the results are read."],
  ["5", "data collected before or after the tests", "a", "Not known to the software."],
  ["6", "who was eligible", "a", "Films that could not be read: failures.csv."],
  ["7", "how eligible persons were found", "a", "Not known to the software."],
  ["8", "where and when", "a", "Not known to the software."],
  ["9", "consecutive, random or by convenience", "a", "Not known to the software."],
  ["10a", "the index test in full", "f", "methods.md; model_card.md; plan.json."],
  ["10b", "the reference standard in full", "a", "The grading system behind 0 to 4."],
  ["11", "why that reference standard", "a", "With its known limits (a film shows no grade 1)."],
  ["12a", "cut-offs of the index test, set beforehand or not", "f", "methods.md, Deviation."],
  ["12b", "categories of the reference standard", "f", "methods.md, Cohort."],
  [
    "13a",
    "did the index test know the reference",
    "f",
    "Grades are not an input of any network; methods.md.",
  ],
  ["13b", "did the readers know the index test", "a", "Not known to the software."],
  ["14", "how accuracy is estimated or compared", "f", "methods.md, Statistics."],
  ["15", "indeterminate results", "f", "methods.md, Head crops; failures.csv."],
  ["16", "missing data", "f", "failures.csv and data_sheet.md, Missing values."],
  ["17", "variability within subgroups", "f", "results.md, Without patients who have a diseased hip."],
  ["18", "intended sample size", "a", "Detectable effects: results.md; the plan is the author's."],
  ["19", "flow of participants", "f", "figures, cohort flow."],
  ["20", "who they were", "f", "data_sheet.md, Composition."],
  ["21a", "severity among the diseased", "f", "results.md, Cohort."],
  ["21b", "other diagnoses among the others", "a", "Not known to the software."],
  ["22", "time and treatment between the tests", "a", "Not known to the software."],
  ["23", "cross tabulation with the reference", "f", "results.md, Staging."],
  ["24", "accuracy and its precision", "f", "results.md; comparisons.json."],
  ["25", "harms of the tests", "n", "Films that exist already are read; nobody is examined."],
  ["26", "limits of the study", "a", "model_card.md, Limits, is a beginning."],
  ["27", "what follows for practice", "a", "Not a medical device."],
  ["28", "registration", "a", "Number, or that there is none."],
  ["29", "where the protocol is", "f", "plan.json and study.json."],
  ["30", "who paid", "a", "Not known to the software."],
  [
    "AI",
    "what the AI extension adds: data sets, version, fairness, access",
    "a",
    "data_sheet.md and model_card.md answer in part.",
  ],
];

/**
 * A draft along STARD 2015 (Bossuyt et al. 2015, BMJ 351:h5527), on whose items STARD-AI builds; what the extension adds is
 * one line for the author, since its numbering was not at hand.
 */
export function stardChecklist({ synthetic }: { synthetic: boolean }): Checklist {
  const ofPatients = ["5", "6", "7", "8", "9", "13b", "21b", "22", "28"];
  const source = "Bossuyt et al. 2015, BMJ 351:h5527, extended by STARD-AI";
  return checklistOf({ name: "STARD-AI", source, lines: LINES }, { synthetic, ofPatients });
}

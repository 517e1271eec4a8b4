import { type Checklist, checklistOf, type ItemLine, type StudyParts } from "./checklist.ts";

const LINES: readonly ItemLine[] = [
  ["1", "names the kind of AI in title or abstract", "a", "The author must check the title."],
  ["2", "structured abstract", "a", "Results for the abstract: results.md."],
  ["3", "background and intended use", "a", "Research and teaching only; see model_card.md, Use."],
  ["4", "aims and hypotheses", "a", "State them before the results are read."],
  ["5", "prospective or retrospective", "a", "Not known to the software."],
  ["6", "goal of the study", "a", "Not known to the software."],
  ["7", "where the data come from", "a", "data_sheet.md has the counts; the author must add the source."],
  ["8", "eligibility criteria, where and when", "a", "Films that could not be read: failures.csv."],
  ["9", "preprocessing", "f", "methods.md, Head crops."],
  ["10", "selection of data subsets", "f", "methods.md, Cohort."],
  [
    "11",
    "how data were de-identified",
    "a",
    "Ids in the study are keyed hashes; the author must add what was done before.",
  ],
  ["12", "missing data", "f", "failures.csv and data_sheet.md, Missing values."],
  ["13", "how images were acquired", "a", "The author must add devices, views and exposure."],
  ["14", "definition of the reference standard", "a", "The grading system behind 0 to 4."],
  [
    "15",
    "why that reference standard",
    "a",
    "State its known limits (grade 1 is not visible on a radiograph).",
  ],
  ["16", "who annotated, with what training", "a", "Not known to the software."],
  ["17", "how the test set was annotated", "a", "Not known to the software."],
  ["18", "agreement between annotators", "a", "Not known to the software."],
  ["19", "how data were divided", "f", "methods.md, Cohort; study.json, split."],
  ["20", "level at which partitions are disjoint", "f", "By patient; verified in study.json, split.proof."],
  [
    "21",
    "sample size and how it was set",
    "a",
    "Detectable effects: results.md; the author must add how the size was planned.",
  ],
  ["22", "the model in full", "f", "methods.md, Networks; model_card.md."],
  ["23", "software and versions", "f", "methods.md, Software; study.json."],
  ["24", "how weights were initialised", "f", "methods.md, Networks."],
  ["25", "how it was trained", "f", "methods.md, Networks; study.json, plan."],
  ["26", "how the final model was chosen", "f", "methods.md, Networks."],
  ["27", "ensembling", "n", "One model of each kind is used."],
  ["28", "measures of performance", "f", "methods.md, Statistics."],
  ["29", "significance and uncertainty", "f", "methods.md, Statistics."],
  ["30", "robustness", "f", "results.md, Without patients who have a diseased hip."],
  ["31", "explaining the model's output", "f", "Residual maps and eigen-directions in the study folder."],
  ["32", "evaluation on internal data", "f", "results.md."],
  ["33", "testing on external data", "a", "Score another hospital's films with `caput score`."],
  ["34", "registration of a trial", "a", "Registration number, or a statement that there is none."],
  ["35", "flow of included and excluded cases", "f", "figures, cohort flow; failures.csv."],
  ["36", "demographics by partition", "f", "data_sheet.md, Composition."],
  ["37", "performance in each partition", "f", "results.md."],
  ["38", "estimates with their precision", "f", "results.md; comparisons.json."],
  ["39", "analysis of failures", "a", "The section Discordance of the dashboard lists heads to review."],
  ["40", "limitations of the study", "a", "model_card.md, Limits, is a starting point."],
  ["41", "implications for practice", "a", "Not a medical device."],
  ["42", "where the full protocol is", "f", "study.json, plan."],
  [
    "43",
    "where software, model and data are",
    "a",
    "Software, models: CITATION.cff, model_card.md; the author must add the data.",
  ],
  ["44", "funding", "a", "Not known to the software."],
];

/** Draft of the CLAIM 2024 checklist (Tejani et al. 2024, Radiol Artif Intell 6:e240300) for a study. */
export function claimChecklist(parts: StudyParts): Checklist {
  return checklistOf({
    name: "CLAIM 2024",
    source: "Tejani et al. 2024, Radiology: Artificial Intelligence 6(4):e240300, doi:10.1148/ryai.240300",
    checked:
      "Numbers and order of the 44 items were compared with a public summary of the 2024 update (the Aperivue/medsci-skills " +
      "repository, which calls itself unverified) and with the text of the first CLAIM (PMC8017414, 42 items); the publisher's " +
      "own table of 2024 was not available.",
    lines: LINES,
    aboutPatients: ["5", "8", "11", "13", "16", "17", "18", "34"],
    needs: { "30": "without" },
  }, parts);
}

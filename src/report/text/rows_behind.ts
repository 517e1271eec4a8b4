import type { Cited } from "./prose.ts";
import { type ComparisonsRecord, type HeadRecord, pairsWithoutDiseased } from "../read/read_study.ts";

/** A group of heads that numbers were computed from. */
export interface HeadGroup {
  /** Id, used in links. */
  readonly id: string;
  readonly name: string;
  readonly heads: readonly HeadRecord[];
}

const SPLITS = ["train", "validation", "held-out"] as const;
const GRADES = [0, 1, 2, 3, 4];
/** Id of the group of held-out healthy heads of patients without a diseased hip. */
const WITHOUT_DISEASED = "rows-held-out-0-apart";

const idOf = (split: string, grade: number | string) => `rows-${split}-${grade}`;

/** The graded heads of a study by split and grade, and the healthy held-out ones of patients without a diseased hip. */
export function headGroups(heads: readonly HeadRecord[]): HeadGroup[] {
  const diseased = new Set(heads.filter((head) => head.grade > 0).map((head) => head.patient));
  const groups = SPLITS.flatMap((split) =>
    GRADES.map((grade): HeadGroup => ({
      id: idOf(split, grade),
      name: `${split}, grade ${grade}`,
      heads: heads.filter((head) => head.split === split && head.grade === grade),
    }))
  );
  const apart = heads.filter((head) =>
    head.split === "held-out" && head.grade === 0 && !diseased.has(head.patient)
  );
  const without = {
    id: WITHOUT_DISEASED,
    name: "held-out, grade 0, patients without a diseased hip",
    heads: apart,
  };
  return [...groups, without].filter((group) => group.heads.length > 0);
}

/**
 * Ids of the groups of heads that a number was computed from; none for settings, and for numbers from other files than
 * `comparisons.json`, `heads.parquet` and `study.json`. Some ids may name groups that the study does not have.
 */
export function rowsBehind({ file, pointer }: Cited, comparisons: ComparisonsRecord): string[] {
  if (file === "comparisons.json") return ofComparison(pointer, comparisons);
  if (file === "heads.parquet") return ofWords(pointer);
  if (file !== "study.json") return [];
  const grade = pointer.match(/^\/cohort\/gradeCounts\/(\d)$/)?.[1];
  if (grade) return SPLITS.map((split) => idOf(split, grade));
  if (/^\/(cohort\/heads|dice|map\/trustworthiness|split\/proof)/.test(pointer)) return everyGroup();
  return pointer.startsWith("/reference/n") ? [idOf("held-out", 0)] : [];
}

function everyGroup(splits: readonly string[] = SPLITS): string[] {
  return splits.flatMap((split) => GRADES.map((grade) => idOf(split, grade)));
}

/** Groups named in a description such as "rows with grade 0 and split train". */
function ofWords(words: string): string[] {
  if (words.includes("ungraded")) return []; // the groups contain graded heads only
  const split = words.match(/split (train|validation|held-out)/)?.[1];
  const grade = words.match(/grade (\d)/)?.[1];
  return (split ? [split] : SPLITS).flatMap((s) => (grade ? [grade] : GRADES).map((g) => idOf(s, g)));
}

function ofComparison(pointer: string, comparisons: ComparisonsRecord): string[] {
  const [, part, index, third] = pointer.split("/");
  const heldOut = (...grades: (number | string)[]) => grades.map((grade) => idOf("held-out", grade));
  const gradeAt = (list: readonly { grade: number }[] | undefined) => list?.[Number(index)]?.grade ?? 0;
  switch (part) {
    case "groups":
      return heldOut(comparisons.groups[Number(index)].group);
    case "pairs": {
      const { a, b } = comparisons.pairs[Number(index)];
      return heldOut(a, b);
    }
    case "withoutDiseasedPatients": {
      const pair = pairsWithoutDiseased(comparisons)[Number(third)];
      if (!pair) return []; // the reason why there are no pairs
      return [pair.a, pair.b].map((group) => group === "0" ? WITHOUT_DISEASED : idOf("held-out", group));
    }
    case "omnibus":
    case "trend":
      return everyGroup(["held-out"]);
    case "detection":
      return heldOut(0, gradeAt(comparisons.detection));
    case "distanceMinusPca":
      return heldOut(0, gradeAt(comparisons.distanceMinusPca));
    case "outOfDomain":
      return heldOut(gradeAt(comparisons.outOfDomain));
    case "shortcuts":
      return [idOf("validation", 0), ...heldOut(0)];
    case "threshold":
      if (index === "specificity") return heldOut(0);
      return index === "sensitivity" ? heldOut(1, 2, 3, 4) : [idOf("validation", 0)];
    case "staging": {
      const grade = index === "perGrade" ? comparisons.staging?.perGrade[Number(third)]?.grade : undefined;
      return (grade === undefined ? GRADES : [grade]).flatMap((g) => [idOf("validation", g), ...heldOut(g)]);
    }
    default:
      return []; // settings
  }
}

import { gradeWords } from "./grade_words.ts";
import { measureWord } from "../state/measures.ts";
import { fixed } from "./format.ts";
import type { Store } from "../state/store.ts";

/** One head in a sentence, for screen readers and as the alternative text of images. */
export function describeHead(store: Store, head: number): string {
  const { study, deviations } = store;
  const percentile = deviations.percentile[head];
  const place = Number.isFinite(percentile) ? `, percentile ${fixed(percentile, 0)} of healthy heads` : "";
  const side = study.text("side")[head] || "unknown side";
  const split = study.text("split")[head];
  return `Head ${shortId(study.headId[head])}, ${side}, ${gradeWords(study.grade[head])}` +
    (split ? `, ${split}` : "") + `, ${measureWord(store)} ${fixed(deviations.value[head])}${place}`;
}

/** The first eight characters and an ellipsis; an id of at most twelve characters is returned whole. */
export function shortId(id: string): string {
  return id.length > 12 ? id.slice(0, 8) + "\u2026" : id;
}

import type { Store } from "./store.ts";

/** Selects every shown head of a grade. */
export function selectGrade(store: Store, grade: number): void {
  store.select(
    Uint8Array.from(store.study.grade, (g, i) => (g === grade && store.shown[i] ? 1 : 0)),
    `grade ${grade}`,
  );
}

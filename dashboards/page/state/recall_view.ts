import type { PageStudy } from "./page_study.ts";
import type { Store, View } from "./store.ts";

/** Settings that are the reader's, not the study's: kept for the next visit. */
const KEPT = ["palette", "scheme", "pStyle", "layout"] as const;
const KEY = "caput-view";

/** The reader's settings of an earlier visit; none where the browser keeps nothing. */
export function recalled(_: PageStudy): Partial<View> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(
      KEPT.flatMap((name) => typeof kept[name] === "string" ? [[name, kept[name]]] : []),
    );
  } catch {
    return {}; // a browser may refuse its store to a page from disk
  }
}

/** Keeps them from now on. */
export function remember(store: Store): void {
  store.on("view", () => {
    try {
      localStorage.setItem(
        KEY,
        JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, store.view[name]]))),
      );
    } catch {
      // as above
    }
  });
}

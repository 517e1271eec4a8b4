import type { Store, View } from "./store.ts";

/** Settings that belong to the user, not to the study. They are kept for the next visit. */
const KEPT = ["palette", "scheme", "pStyle", "layout"] as const;
const KEY = "caput-view";

/** The user's settings from an earlier visit; empty if the browser has stored none. */
export function recalled(): Partial<View> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(
      KEPT.flatMap((name) => typeof kept[name] === "string" ? [[name, kept[name]]] : []),
    );
  } catch {
    return {}; // a browser may deny storage to a page opened from disk
  }
}

/** Stores the settings whenever they change. */
export function remember(store: Store): void {
  store.on("view", () => {
    try {
      localStorage.setItem(
        KEY,
        JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, store.view[name]]))),
      );
    } catch {
      // the browser denies storage
    }
  });
}

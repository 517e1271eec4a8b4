import type { Store, View } from "./store.ts";

/** Settings that belong to the user, not to the study. They are stored for the next visit. */
const STORED = ["palette", "scheme", "pStyle", "layout"] as const;
const KEY = "caput-view";

/** The user's settings from an earlier visit; empty if the browser has stored none. */
export function recalled(): Partial<View> {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(
      STORED.flatMap((name) => typeof stored[name] === "string" ? [[name, stored[name]]] : []),
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
        JSON.stringify(Object.fromEntries(STORED.map((name) => [name, store.view[name]]))),
      );
    } catch {
      // the browser denies storage
    }
  });
}

import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

/** Error message next to a control whose change failed. */
export function troubleNote(store: Store): HTMLElement {
  const note = el("p", { class: "warn trouble", role: "alert", hidden: true });
  store.on("trouble", () => {
    note.textContent = store.trouble;
    note.hidden = store.trouble === "";
  });
  return note;
}

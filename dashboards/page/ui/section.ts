import { el } from "./dom.ts";

/** A part of the page with its heading and a sentence that says what it is for. */
export function section(id: string, title: string, lede: string, ...content: (Node | null)[]): HTMLElement {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title`, tabindex: -1 }, title),
    lede ? el("p", { class: "lede" }, lede) : null,
    content,
  );
}

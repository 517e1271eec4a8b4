import { el } from "./dom.ts";

/** A section of the page with its heading and a sentence about its purpose. */
export function section(id: string, title: string, lede: string, ...content: (Node | null)[]): HTMLElement {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title`, tabindex: -1 }, title),
    lede ? el("p", { class: "lede" }, lede) : null,
    content,
  );
}

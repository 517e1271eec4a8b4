import { el } from "./dom.ts";

/** A bar whose length is proportional to a share from 0 to 1. */
export function shareBar(share: number, colour: string): HTMLElement {
  const width = `${Math.max(0, Math.min(100, 100 * share))}%`;
  return el("span", { class: "track" }, el("span", { style: `width:${width};background:${colour}` }));
}

import { type KeepKeys, keepKeys } from "./keep_keys.ts";

/** Parts of an interactive output. */
export interface InteractiveParts<Data> {
  /** Kind of the output, part of its id. */
  readonly name: string;
  /** HTML that is readable without the script. */
  readonly still: string;
  /** Largest width in CSS pixels. */
  readonly maxWidthPx: number;
  /** Runs in the notebook's page. It is sent as text, so it may use nothing from outside its own body. */
  readonly wake: (root: HTMLElement, data: Data, keepKeys: KeepKeys) => void;
  /** Argument of `wake`; JSON. */
  readonly data: Data;
}

/** Shown where a notebook lets no script run; the script removes it. */
const ASLEEP =
  "<em>To move it, run this cell, or trust the notebook (in JupyterLab: View, Activate Command Palette, Trust Notebook).</em>";

/**
 * HTML of an interactive output: what can be read without the script, then the script. The id is made from the content, so that two
 * notebooks open in one JupyterLab do not drive each other's and the same cell gives the same output.
 */
export function interactiveHtml<Data>(
  { name, still, maxWidthPx, wake, data }: InteractiveParts<Data>,
): string {
  const json = inScript(data);
  const id = `caput-${name}-${hashOf(still + json).toString(36)}`;
  return `<div id="${id}" style="max-width:${maxWidthPx}px">${still}<p data-asleep>${ASLEEP}</p></div>` +
    `<script>(()=>{const root=document.querySelector("#${id}:has([data-asleep])");if(!root)return;` +
    `root.querySelector("[data-asleep]").remove();(${wake})(root,${json},${keepKeys})})()</script>`;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** JSON that is safe inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

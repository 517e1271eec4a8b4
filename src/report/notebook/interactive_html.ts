import { type KeepKeys, keepKeys } from "./keep_keys.ts";

/** Parts of an interactive output. */
export interface InteractiveParts<Data> {
  /** Kind of the output, such as "slider"; part of the id of its HTML element. */
  readonly name: string;
  /** HTML that is readable without the script. */
  readonly staticHtml: string;
  /** Largest width in CSS pixels. */
  readonly maxWidthPx: number;
  /**
   * Runs in the notebook's page. Its source is written into the HTML, so it may use nothing from outside its own body.
   */
  readonly script: (root: HTMLElement, data: Data, keepKeys: KeepKeys) => void;
  /** Argument of `script`; must be valid as JSON. */
  readonly data: Data;
}

/** Shown where a notebook does not run scripts; the script removes it. */
const STATIC_NOTE =
  "<em>To make this interactive, run the cell, or trust the notebook (in JupyterLab: View, Activate Command Palette, Trust " +
  "Notebook).</em>";

/**
 * HTML of an interactive output: what can be read without the script, then the script. The element's id contains a hash
 * of the content. A script therefore does not change other outputs, even if JupyterLab has two notebooks open, and the
 * same cell always gives the same HTML.
 */
export function interactiveHtml<Data>(
  { name, staticHtml, maxWidthPx, script, data }: InteractiveParts<Data>,
): string {
  const json = inScript(data);
  const id = `caput-${name}-${hashOf(staticHtml + json).toString(36)}`;
  return `<div id="${id}" style="max-width:${maxWidthPx}px">${staticHtml}<p data-static>${STATIC_NOTE}</p></div>` +
    `<script>(()=>{const root=document.querySelector("#${id}:has([data-static])");if(!root)return;` +
    `root.querySelector("[data-static]").remove();(${script})(root,${json},${keepKeys})})()</script>`;
}

/** 32-bit FNV-1a hash of the text's code points (instead of bytes). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** JSON that is safe inside a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

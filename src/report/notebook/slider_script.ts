import type { KeepKeys } from "./keep_keys.ts";

/** Data of {@linkcode sliderScript}. */
export interface SliderData {
  readonly label: string;
  /** Text of each position. */
  readonly names: readonly string[];
  /** HTML of each position. */
  readonly panels: readonly string[];
  /** Index of the position shown first. */
  readonly start: number;
}

/**
 * Adds the range control to a slider's output. The HTML contains only the position shown first; the others are in
 * `panels`, so that only one position remains where scripts are removed. The source of this function is written into
 * the notebook, so it may use nothing from outside its own body.
 */
export function sliderScript(
  root: HTMLElement,
  { label, names, panels, start }: SliderData,
  keepKeys: KeepKeys,
): void {
  const range = document.createElement("input"), name = root.querySelector("output")!;
  const shown = root.querySelector<HTMLElement>("[data-step]")!;
  Object.assign(range, { type: "range", min: 0, max: names.length - 1, value: start });
  range.style.cssText = "display:block;box-sizing:border-box;width:100%;margin:4px 0 8px";
  range.setAttribute("aria-label", label);
  range.setAttribute("aria-valuetext", names[start]);
  range.oninput = () => {
    const step = Number(range.value);
    name.textContent = names[step];
    range.setAttribute("aria-valuetext", names[step]);
    shown.dataset.step = String(step);
    shown.innerHTML = panels[step];
  };
  keepKeys(range, root);
  shown.before(range);
}

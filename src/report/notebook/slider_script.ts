import type { KeepKeys } from "./keep_keys.ts";

/** What {@linkcode wakeSlider} needs. */
export interface SliderData {
  readonly label: string;
  /** Text of each position. */
  readonly names: readonly string[];
  /** HTML of each position. */
  readonly panels: readonly string[];
  /** Position at the start, from 0. */
  readonly start: number;
}

/**
 * Adds the range control to a slider's output. All positions but the first shown are in the data: where scripts are removed, one
 * position is left, not all of them. It is sent to the notebook as text, so it may use nothing from outside its own body.
 */
export function wakeSlider(
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

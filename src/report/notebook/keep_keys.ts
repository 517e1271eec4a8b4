/** Keeps the keys that are pressed in a control away from the notebook around it. */
export type KeepKeys = (control: HTMLElement | SVGElement, root: Element) => void;

/**
 * Without it an arrow key moves to the next cell and `d d` deletes the cell. JupyterLab and Notebook 7 run no shortcut for a key pressed
 * inside `data-lm-suppress-shortcuts` (JupyterLab's extension guide, "Keyboard interaction model"); the older Notebook and VS Code
 * listen further up, where the key does not arrive. Keys with Ctrl, Alt or Command go on to them. Escape gives the focus back to the cell.
 *
 * It is sent to the notebook as text, so it may use nothing from outside its own body.
 */
export function keepKeys(control: HTMLElement | SVGElement, root: Element): void {
  control.dataset.lmSuppressShortcuts = "true";
  control.addEventListener("keydown", (event) => {
    const key = event as KeyboardEvent;
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    key.stopPropagation();
    if (key.key !== "Escape" || key.defaultPrevented) return;
    key.preventDefault();
    control.blur();
    root.parentElement?.closest<HTMLElement>(".jp-Cell, [tabindex]")?.focus();
  });
}

/** Type of {@linkcode keepKeys}. */
export type KeepKeys = (control: HTMLElement | SVGElement, root: Element) => void;

/**
 * Prevents the notebook from reacting to keys that are pressed in a control. Otherwise an arrow key would move to the
 * next cell, and `d d` would delete the cell. JupyterLab and Notebook 7 run no shortcut for a key pressed inside an
 * element with `data-lm-suppress-shortcuts` (JupyterLab's extension guide, "Keyboard interaction model"). The older
 * Notebook and VS Code listen on an outer element, which the event does not reach because it is stopped here. Keys with
 * Ctrl, Alt or Command still reach the notebook. Escape moves the focus from the control back to the cell.
 *
 * The source of this function is written into the notebook, so it may use nothing from outside its own body.
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

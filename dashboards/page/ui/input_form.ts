/**
 * A form of Observable Inputs: it has a value and says `input` when the reader changes it. The page uses its `select`
 * and `text`. Its `range`, `number`, `search` and `table` write their handlers as attributes, which our content policy
 * forbids, as it forbids every script that is not our own; there the page has its own.
 */
export interface InputForm<T> extends HTMLFormElement {
  value: T;
}

/** Puts an Observable Input into the page's dress (label and field in one line) and listens to it. */
export function inputForm<T>(form: InputForm<T>, changed: (value: T) => void = () => {}): InputForm<T> {
  form.classList.add("pick");
  form.addEventListener("input", () => changed(form.value));
  return form;
}

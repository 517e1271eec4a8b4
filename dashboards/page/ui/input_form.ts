/**
 * A form of Observable Inputs: it has a value and sends an `input` event when the user changes it. The page uses its
 * `select` and `text` inputs. The library's `range`, `number`, `search` and `table` set their handlers as attributes,
 * which the content security policy forbids like any other inline script, so the page does not use them.
 */
export interface InputForm<T> extends HTMLFormElement {
  value: T;
}

/** Styles an Observable Input for the page (label and field in one line) and listens to its changes. */
export function inputForm<T>(form: InputForm<T>, changed: (value: T) => void = () => {}): InputForm<T> {
  form.classList.add("pick");
  form.addEventListener("input", () => changed(form.value));
  return form;
}

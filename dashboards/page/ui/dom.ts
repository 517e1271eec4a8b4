/** Attributes, and `on...` listeners, of an element made by {@linkcode el}. */
export type Attributes = Record<
  string,
  string | number | boolean | null | undefined | ((event: never) => void)
>;

/** Allowed content of an element; text is never interpreted as markup. */
export type Child = Node | string | number | null | undefined | false | readonly Child[];

/** Makes an HTML element. Names such as `onclick` with a function become listeners; all others are attributes. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Makes an SVG element, as {@linkcode el} makes an HTML element. */
export function svgEl<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Sets, replaces or (null, undefined, false) removes attributes. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      // Setting an unchanged value would still make the browser recompute styles.
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child as Node | string);
  }
}

/** Text for screen readers only. */
export function unseen(words: string): HTMLElement {
  return el("span", { class: "unseen" }, words);
}

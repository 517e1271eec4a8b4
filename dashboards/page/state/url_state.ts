import type { MapZoom } from "./map_geometry.ts";
import { firstView } from "./first_view.ts";
import { COLOURS, FIRST_VIEW, type Store, type View } from "./store.ts";

/** Version of the link format; increased when the format changes, so that older links are rejected with a message. */
const VERSION = 1;

/** Contents of a link: the view, the head on the head card, the section, the zoom and the selection. */
export interface LinkState {
  readonly view: Partial<View>;
  readonly focus: number;
  /** Section to scroll to; empty for the top. */
  readonly section: string;
  readonly zoom: MapZoom | null;
  readonly selection: Uint8Array | null;
  /** Message if the link does not fit this page; otherwise empty. */
  readonly complaint: string;
}

/** The URL fragment that restores the state of the page. */
export function fragmentOf({ view, focus, zoom, selection, selectedBy, study, section }: Store): string {
  const fragment = new URLSearchParams({ v: String(VERSION) });
  for (const [name, value] of Object.entries(view)) {
    if (value !== firstView(study)[name as keyof View]) fragment.set(name, String(value));
  }
  if (section) fragment.set("at", section);
  if (zoom) fragment.set("zoom", [zoom.k, zoom.x, zoom.y].map((v) => v.toPrecision(6)).join(","));
  if (focus >= 0) fragment.set("head", String(focus));
  if (selection) {
    fragment.set("sel", packFlags(selection));
    fragment.set("by", selectedBy);
  }
  if (focus >= 0 || selection || zoom) fragment.set("data", study.dataId);
  return fragment.toString();
}

/** Parses a URL fragment. Unknown fields are ignored; a link that does not fit this page gives a message. */
export function readFragment(
  text: string,
  { n, dataId }: { n: number; dataId: string },
): LinkState & { by: string } {
  const fragment = new URLSearchParams(text.replace(/^#/, ""));
  // A plain anchor (#pairs) also scrolls to its section.
  const section = fragment.get("at") ?? (/^#[a-z]+$/.test(text) ? text.slice(1) : "");
  const nothing = { view: {}, focus: -1, zoom: null, selection: null, by: "", section };
  const version = fragment.get("v");
  if (version === null) return { ...nothing, complaint: "" };
  if (version !== String(VERSION)) {
    return {
      ...nothing,
      complaint: `This link has version ${version}; this page can read version ${VERSION}.`,
    };
  }
  const view: Record<string, string | boolean> = {};
  for (const [name, first] of Object.entries(FIRST_VIEW)) {
    const value = fragment.get(name);
    if (value === null || CHOICES[name as keyof View]?.includes(value) === false) continue;
    view[name] = typeof first === "boolean" ? value === "true" : value;
  }
  if (fragment.has("data") && fragment.get("data") !== dataId) {
    return {
      ...nothing,
      view,
      complaint: "This link was made for other data; its head, zoom and selection are ignored.",
    };
  }
  const head = Number(fragment.get("head") ?? -1);
  const focus = Number.isInteger(head) && head >= 0 && head < n ? head : -1;
  const packed = fragment.get("sel");
  const selection = packed === null ? null : unpackFlags(packed, n);
  const complaint = packed !== null && selection === null ? "The selection in this link cannot be read." : "";
  const zoom = zoomOf(fragment.get("zoom"));
  return { view, focus, zoom, selection, section, by: fragment.get("by") ?? "link", complaint };
}

/** Allowed values of the fields that have a fixed list of values. */
const CHOICES: Partial<Record<keyof View, readonly string[]>> = {
  map: ["umap", "pca"],
  measure: ["distance", "residual", "combined"],
  colour: COLOURS,
  palette: ["ramp", "okabe-ito"],
  tool: ["brush", "lasso", "pan"],
  layout: ["panels", "overlaid"],
  matrix: ["both", "p", "effect"],
  test: ["clustered", "naive"],
  pStyle: ["plain", "apa", "nejm", "lancet", "ama", "graphpad", "scientific"],
  estimator: ["study", "sample", "ledoit-wolf", "oas", "mcd"],
  scheme: ["auto", "light", "dark"],
};

function zoomOf(text: string | null): MapZoom | null {
  const [k, x, y, more] = (text ?? "").split(",").map(Number);
  return more === undefined && k > 1 && k <= 40 && Number.isFinite(x) && Number.isFinite(y)
    ? { k, x, y }
    : null;
}

/** The page's address with the whole state, and with the server's token if there is a server. */
export function linkTo(store: Store, key?: string): string {
  return `${location.href.split("#")[0]}#${key ? `token=${key}&` : ""}${fragmentOf(store)}`;
}

/** Keeps the address bar up to date without adding entries to the history. */
export function keepAddress(store: Store): void {
  let timer: ReturnType<typeof setTimeout>;
  store.on(["settled", "view", "zoom", "focus", "section"], () => {
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, "", `#${fragmentOf(store)}`), 250);
  });
}

/** Packs eight flags per byte, as base64url. */
export function packFlags(flags: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(flags.length / 8));
  flags.forEach((flag, i) => flag && (bytes[i >> 3] |= 1 << (i & 7)));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Unpacks n flags; null if the text is not valid. */
export function unpackFlags(text: string, n: number): Uint8Array | null {
  try {
    const bytes = Uint8Array.from(
      atob(text.replaceAll("-", "+").replaceAll("_", "/")),
      (c) => c.charCodeAt(0),
    );
    if (bytes.length !== Math.ceil(n / 8)) return null;
    return Uint8Array.from({ length: n }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
  } catch {
    return null;
  }
}

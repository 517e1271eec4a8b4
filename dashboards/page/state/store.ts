import { MANY_HEADS } from "../../many_heads.ts";
import type { MapZoom } from "./map_geometry.ts";
import type { PageStudy } from "./page_study.ts";

/** Measure shown on the page. */
export type Measure = "distance" | "residual" | "combined";

/** Display settings; every field can be stored in the page's address (see `fragmentOf`). */
export interface View {
  measure: Measure;
  map: "umap" | "pca";
  colour: Colour;
  palette: "ramp" | "okabe-ito";
  tool: "brush" | "lasso" | "pan";
  /** Density contours on the map. */
  density: boolean;
  /** Normative ellipses on the PCA map. */
  ellipses: boolean;
  /** Crops on the map. */
  images: boolean;
  /** Errors of the map: points coloured by trustworthiness, and lines to the true neighbours. */
  honest: boolean;
  /** Histograms in one panel per grade (per subset for grade 0), or overlaid in one panel. */
  layout: "panels" | "overlaid";
  /** Logarithmic axis of the distance. */
  log: boolean;
  /** Contents of the matrix of pairs of grades: p value, effect size, or both. */
  matrix: "both" | "p" | "effect";
  /** Test of the pairs; `naive` is the unclustered one. */
  test: "clustered" | "naive";
  /** Whether comparisons leave out the healthy hips of patients whose other hip is diseased. */
  without: boolean;
  /** Journal style of p-values. */
  pStyle: string;
  /** Estimator of the covariance; `study` is the study's own. */
  estimator: string;
  /** Subsets that are shown, separated by commas. */
  splits: string;
  scheme: "auto" | "light" | "dark";
}

/** Variables that the colour of a point can show. */
export const COLOURS = [
  "grade",
  "split",
  "distance",
  "residual",
  "side",
  "site",
  "sex",
  "age",
  "predicted",
  "trust",
] as const;
export type Colour = typeof COLOURS[number];

/** Defaults of the view; `firstView` chooses the map. */
export const FIRST_VIEW: Readonly<View> = {
  measure: "distance",
  map: "umap",
  colour: "grade",
  palette: "ramp",
  tool: "brush",
  density: false,
  ellipses: true,
  images: false,
  honest: false,
  layout: "panels",
  log: false,
  matrix: "both",
  test: "clustered",
  without: false,
  pStyle: "apa", // as in the report
  estimator: "study",
  splits: "train,validation,held-out",
  scheme: "auto",
};

/**
 * Events of the store: a change of the field of that name, except `settled` (the selection has stopped changing),
 * `deviation` (of `deviations`) and `said` (of `lastSaid`). {@linkcode createStore} describes when they are sent.
 */
export type StoreEvent =
  | "live"
  | "selection"
  | "settled"
  | "focus"
  | "hover"
  | "view"
  | "zoom"
  | "deviation"
  | "trouble"
  | "section"
  | "said";

/** A head of a film that the user dropped onto the page to be scored: its positions on both maps and its measures. */
export interface LivePoint {
  readonly umap: readonly [number, number] | null;
  readonly pca: readonly [number, number] | null;
  /** Side, preceded by the film if there are several ("film 2 right"). */
  readonly label: string;
  /**
   * The three measures are absent if the film was scored against another reference than the study's: they cannot be
   * compared with the study's values, so figures of the study must not show them.
   */
  readonly distance?: number;
  readonly residual?: number;
  readonly combined?: number;
}

/** Values of every head for the current measure and covariance. */
export interface Deviations {
  readonly estimator: string;
  readonly measure: Measure;
  /** Value of the measure shown. */
  readonly value: Float64Array; // [n]
  /** The Mahalanobis distance, even if another measure is shown. */
  readonly distance: Float64Array; // [n]
  readonly percentile: Float64Array; // [n]
  /** The 95 % interval of a head's percentile. */
  percentileInterval(head: number): readonly [number, number];
  /** Values of the current measure for the healthy heads that percentiles refer to, ascending. */
  readonly reference: Float64Array;
  /** Mahalanobis distances of the reference group, ascending. */
  readonly referenceDistance: Float64Array;
  /** Mean and covariance of the normative model; empty if the study has none. */
  readonly mean: Float64Array; // [d]
  readonly covariance: Float64Array; // [d, d]
}

/** State shared by all views. */
export interface Store {
  readonly study: PageStudy;
  readonly view: Readonly<View>;
  /** 1 for selected heads; null if nothing is selected: the views then use all heads. */
  readonly selection: Uint8Array | null; // [n]
  /** Description of how the selection was made. */
  readonly selectedBy: string;
  /** 1 if the head's subset of the split is shown. // [n] */
  readonly shown: Uint8Array;
  /** Part of the map on the screen, or null for all of it. */
  readonly zoom: MapZoom | null;
  /** Head shown on the head card, or -1. */
  readonly focus: number;
  /** Head under the pointer, or -1. */
  readonly hover: number;
  readonly deviations: Deviations;
  /** Heads of the films dropped onto the page. */
  readonly live: readonly LivePoint[];
  /** Error of the last change of a setting; empty if there was none. */
  readonly trouble: string;
  /** Id of the section being read; empty at the top. */
  readonly section: string;
  on(events: StoreEvent | readonly StoreEvent[], listener: () => void): void;
  select(flags: Uint8Array | null, how?: string): void;
  setFocus(head: number): void;
  setHover(head: number): void;
  setView(change: Partial<View>): void;
  setZoom(zoom: MapZoom | null): void;
  setDeviations(deviations: Deviations): void;
  setTrouble(words: string): void;
  setSection(id: string): void;
  setLive(points: readonly LivePoint[]): void;
  /** Announces a sentence to screen readers. */
  say(sentence: string): void;
  readonly lastSaid: string;
}

/**
 * Creates the store. Listeners of `selection`, `hover` and `zoom` run at most once per frame, those of `settled` 160 ms
 * after the last change of the selection, all others at once. In a large study, `settled` also waits until no pointer
 * is pressed, and its listeners run one by one until the selection changes again, so that they do not slow down a
 * selection that is being drawn.
 */
export function createStore(
  study: PageStudy,
  { view, deviations }: { view: View; deviations: Deviations },
): Store {
  const listeners = new Map<StoreEvent, (() => void)[]>();
  const emit = (event: StoreEvent) => listeners.get(event)?.forEach((listener) => listener());
  const later = new Set<StoreEvent>();
  let frame = 0;
  const emitInFrame = (event: StoreEvent) => {
    later.add(event);
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      const events = [...later];
      later.clear();
      events.forEach(emit);
    });
  };
  let timer: ReturnType<typeof setTimeout>;
  const pressed = study.n > MANY_HEADS ? pressedPointers() : () => false;
  const oneByOne = (rest: readonly (() => void)[]) => {
    rest[0]?.();
    if (rest.length > 1) timer = setTimeout(oneByOne, 0, rest.slice(1));
  };
  const runSettled = () => {
    if (pressed()) timer = setTimeout(runSettled, 160);
    else if (study.n > MANY_HEADS) oneByOne(listeners.get("settled") ?? []);
    else emit("settled");
  };
  const restartTimer = () => {
    clearTimeout(timer);
    timer = setTimeout(runSettled, 160);
  };
  const store = {
    study,
    view: { ...view },
    selection: null as Uint8Array | null,
    selectedBy: "",
    shown: shownHeads(study, view.splits),
    zoom: null as MapZoom | null,
    focus: -1,
    hover: -1,
    deviations,
    live: [] as readonly LivePoint[],
    trouble: "",
    section: "",
    lastSaid: "",
    on(events: StoreEvent | readonly StoreEvent[], listener: () => void) {
      for (const event of [events].flat() as StoreEvent[]) {
        listeners.set(event, [...listeners.get(event) ?? [], listener]);
      }
    },
    select(flags: Uint8Array | null, how = "") {
      store.selection = flags && flags.some((flag) => flag) ? flags : null;
      store.selectedBy = store.selection ? how : "";
      if (flags && !store.selection) store.say("No heads there; nothing is selected");
      emitInFrame("selection");
      restartTimer();
    },
    setFocus(head: number) {
      store.focus = head;
      emit("focus");
    },
    setHover(head: number) {
      if (head === store.hover) return;
      store.hover = head;
      emitInFrame("hover");
    },
    setView(change: Partial<View>) {
      if (change.map !== undefined && change.map !== store.view.map) store.zoom = null; // the axes are different
      Object.assign(store.view, change);
      if (change.splits !== undefined) store.shown = shownHeads(study, change.splits);
      emit("view");
    },
    setZoom(zoom: MapZoom | null) {
      store.zoom = zoom;
      emitInFrame("zoom");
    },
    setDeviations(next: Deviations) {
      store.deviations = next;
      emit("deviation");
    },
    setSection(id: string) {
      if (id === store.section) return;
      store.section = id;
      emit("section");
    },
    setTrouble(words: string) {
      store.trouble = words;
      emit("trouble");
      if (words) store.say(words);
    },
    setLive(points: readonly LivePoint[]) {
      store.live = points;
      emit("live");
    },
    say(sentence: string) {
      store.lastSaid = sentence;
      emit("said");
    },
  };
  return store;
}

/** Whether a pointer is pressed anywhere on the page. */
function pressedPointers(): () => boolean {
  let pressed = false;
  addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false), true);
  return () => pressed;
}

/** Heads of the given subsets, separated by commas; all heads if the study has no split. */
function shownHeads(study: PageStudy, splits: string): Uint8Array {
  const wanted = new Set(splits.split(","));
  return Uint8Array.from(study.text("split"), (split) => (split === "" || wanted.has(split) ? 1 : 0));
}

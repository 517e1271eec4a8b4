import { filmDistance } from "../../../src/figures/film_distance.ts";
import { pictureGrid } from "../../../src/figures/picture_grid.ts";
import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import type { ProgressionFrame } from "../../page_data.ts";
import { button } from "../ui/controls.ts";
import { el, setAttributes, svgEl } from "../ui/dom.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { fixed } from "../ui/format.ts";
import { markAlong } from "../chart/head_marks.ts";
import { distanceLines } from "../state/reference_lines.ts";
import type { Store } from "../state/store.ts";
import { screenTheme } from "../ui/themes.ts";

/** The animation from grade 0 to 4 with a slider; frames off the manifold are greyed and labelled. */
export function progressionFilm(store: Store, shown: (frame: number) => void): HTMLElement {
  const frames = framesOf(store);
  if (!frames.length) return el("p", { class: "quiet" }, "The study has no progression.");
  const image = el("img", { width: 256, height: 256, alt: "" });
  const stamp = el("div", { class: "stamp", "aria-live": "off" });
  const last = frames.length - 1;
  const slider = el("input", {
    type: "range",
    min: 0,
    max: last,
    value: 0,
    "aria-label": "Frame of the progression",
    oninput: () => show(Number(slider.value)),
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  const play = button("Play", () => (timer ? stop() : start()));
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
  };
  const at = () => Number(slider.value);
  const go = (k: number) => {
    slider.value = String(k);
    show(k);
  };
  const start = () => {
    if (at() >= last) go(0);
    play.textContent = "Pause";
    timer = setInterval(() => at() >= last ? stop() : go(at() + 1), 160);
  };
  const show = (k: number) => {
    const frame = frames[k];
    image.src = store.study.named(frame.image) ?? "";
    image.alt = words(frame);
    image.classList.toggle("off", frame.offManifold);
    slider.setAttribute("aria-valuetext", words(frame));
    stamp.replaceChildren(
      el("strong", {}, `grade ${fixed(frame.grade, 1)}`),
      el("span", {}, `distance ${fixed(frame.distance)}`),
      el("span", {}, `percentile ${fixed(frame.percentile, 0)} of healthy heads`),
      el("span", {}, `nearest head of the cohort ${fixed(frame.nearestRealDistance)} away`),
      el(
        "span",
        { class: "warn" },
        frame.offManifold ? "off the manifold: no head of the cohort is near" : "",
      ),
    );
    shown(k);
  };
  show(0);
  return el(
    "div",
    { class: "film" },
    image,
    stamp,
    el("div", { class: "controls" }, play, slider),
  );
}

/** Distance along the progression, with a line at the current frame. */
export function progressionDistance(store: Store) {
  const frames = framesOf(store);
  const line = svgEl("line", { class: "film-place" });
  let svg: FigureSvg | null = null;
  let shown = 0;
  const place = () => {
    if (!svg || !frames.length) return;
    const x = svg.scale("x")!.apply(frames[shown].grade);
    const [low, high] = svg.scale("y")!.range as [number, number];
    setAttributes(line, { x1: x, x2: x, y1: low, y2: high, stroke: screenTheme(store.view).ink });
  };
  const view = drawnFigure(store, {
    maxWidth: 560,
    height: () => 256,
    absent: "The study has no progression.",
    draw: (theme, { width }) =>
      frames.length
        ? filmDistance(
          frames.map(({ grade, distance, nearestRealDistance: nearest, offManifold }) => ({
            grade,
            distance,
            nearest,
            offManifold,
          })),
          { theme, width, references: distanceLines(store) },
        )
        : null,
    marks: (figure) => {
      const { measure, distance } = store.deviations;
      // The axis shows distances with the study's covariance.
      if (measure === "distance" && distance === store.study.number("distance")) {
        markAlong(store, figure, "y");
      }
    },
    drawn(figure) {
      svg = figure as FigureSvg;
      svg.append(line);
      place();
    },
  });
  return {
    ...view,
    /** Moves the line to a frame. */
    show(frame: number) {
      shown = frame;
      place();
    },
  };
}

/** Still frames of the progression in one row: nine, five or three, depending on the width. */
export function progressionStrip(store: Store) {
  const frames = framesOf(store);
  /** Number of frames that fit in the width with their labels. */
  const acrossAt = (width: number, fontSizePx: number) =>
    Math.min(frames.length, [9, 5].find((many) => width / many > 6.1 * fontSizePx) ?? 3);
  return drawnFigure(store, {
    exportWidth: 658,
    absent: "The study has no progression.",
    height: (width) => (width - 2) / Math.max(1, acrossAt(width, 12)) + 70, // four lines of text under the images
    draw: (theme, { width }) => {
      const across = acrossAt(width, theme.fontSizePx);
      const stills = Array.from(
        { length: across },
        (_, k) => frames[Math.round((k * (frames.length - 1)) / Math.max(1, across - 1))],
      );
      const pictures = stills.map((frame, column) => ({
        src: store.study.named(frame.image) ?? "",
        column,
        row: 0,
        faint: frame.offManifold,
        lines: [
          `grade ${fixed(frame.grade, 1)}`,
          `distance ${fixed(frame.distance, 1)}`,
          `percentile ${fixed(frame.percentile, 0)}`,
          `nearest ${fixed(frame.nearestRealDistance, 1)}`,
        ],
      }));
      return pictures.length
        ? pictureGrid(pictures, { theme, width, ariaLabel: "Progression from grade 0 to 4" })
        : null;
    },
  });
}

/** Frames whose image is in the page. */
export function framesOf({ study }: Store): ProgressionFrame[] {
  return (study.progression?.frames ?? []).filter((frame) => study.named(frame.image) !== null);
}

function words(frame: ProgressionFrame): string {
  return `Decoded head on the path from grade 0 to 4, at ${fixed(frame.grade, 1)}: distance ${
    fixed(frame.distance)
  }, percentile ` +
    `${fixed(frame.percentile, 0)}, nearest head of the cohort ${fixed(frame.nearestRealDistance)}${
      frame.offManifold ? ", off the manifold" : ""
    }`;
}

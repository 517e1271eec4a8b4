import { pictureGrid } from "../../src/figures/picture_grid.ts";
import type { ProgressionFrame } from "../page_data.ts";
import { button } from "./controls.ts";
import { el } from "./dom.ts";
import { drawnFigure } from "./drawn_figure.ts";
import { fixed } from "./format.ts";
import type { Store } from "./store.ts";

/** The film from grade 0 to 4 with a scrubber; frames off the manifold are greyed and say so. */
export function progressionFilm(store: Store): HTMLElement {
  const frames = framesOf(store);
  if (!frames.length) return el("p", { class: "quiet" }, "The study holds no progression film.");
  const image = el("img", { width: 256, height: 256, alt: "" });
  const stamp = el("div", { class: "stamp", "aria-live": "off" });
  const slider = el("input", {
    type: "range",
    min: 0,
    max: frames.length - 1,
    value: 0,
    "aria-label": "Frame of the progression film",
    oninput: () => show(Number(slider.value)),
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  const play = button("Play", () => (timer ? stop() : start()));
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
  };
  const start = () => {
    if (Number(slider.value) >= frames.length - 1) slider.value = "0";
    play.textContent = "Pause";
    timer = setInterval(() => {
      const next = Number(slider.value) + 1;
      if (next >= frames.length) return stop();
      slider.value = String(next);
      show(next);
    }, 160);
  };
  const show = (k: number) => {
    const frame = frames[k];
    image.src = store.study.named(frame.image) ?? "";
    image.alt = words(frame);
    image.classList.toggle("off", frame.offManifold);
    slider.setAttribute("aria-valuetext", words(frame));
    stamp.replaceChildren(
      el("strong", {}, `between grades: ${fixed(frame.grade, 1)}`),
      el("span", {}, `distance ${fixed(frame.distance)}`),
      el("span", {}, `percentile ${fixed(frame.percentile, 0)}`),
      el("span", {}, `nearest real head ${fixed(frame.nearestRealDistance)}`),
      el("span", { class: "warn" }, frame.offManifold ? "off the manifold: no real head is near" : ""),
    );
  };
  show(0);
  return el(
    "div",
    { class: "film" },
    image,
    el("div", { class: "film-side" }, stamp, el("div", { class: "controls" }, play, slider)),
  );
}

/** Nine stills of the film, as they stand in print. */
export function progressionStrip(store: Store) {
  return drawnFigure(store, {
    exportWidth: 658,
    absent: "The study holds no progression film.",
    draw: (theme, width) => {
      const frames = framesOf(store);
      const across = Math.min(frames.length, width < 480 ? 3 : width < 760 ? 5 : 9);
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
          `d ${fixed(frame.distance, 1)}, P${fixed(frame.percentile, 0)}`,
          `real ${fixed(frame.nearestRealDistance, 1)}`,
        ],
      }));
      return pictures.length
        ? pictureGrid(pictures, { theme, width, ariaLabel: "Progression from grade 0 to 4" })
        : null;
    },
  });
}

/** Frames whose picture is in the page. */
export function framesOf({ study }: Store): ProgressionFrame[] {
  return (study.progression?.frames ?? []).filter((frame) => study.named(frame.image) !== null);
}

function words(frame: ProgressionFrame): string {
  return `Decoded head on the way from grade 0 to 4, at ${fixed(frame.grade, 1)}: distance ${
    fixed(frame.distance)
  }, percentile ` +
    `${fixed(frame.percentile, 0)}, nearest real head ${fixed(frame.nearestRealDistance)}${
      frame.offManifold ? ", off the manifold" : ""
    }`;
}

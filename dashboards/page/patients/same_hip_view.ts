import type { HipFrame } from "../../../src/mod.ts";
import { sameHipDistance } from "../../../src/figures/same_hip_distance.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { showPicture } from "../ui/show_picture.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { medianHead } from "../state/by_value.ts";
import { comparedHeads } from "../state/compared_heads.ts";
import { distanceLines } from "../state/reference_lines.ts";
import type { Store } from "../state/store.ts";
import { classQuestion } from "./class_question.ts";
import { framesOf } from "./progression_view.ts";

/** Frames whose images are in the page. */
export function hipFrames({ study }: Store): HipFrame[] {
  return (study.teaching?.frames ?? []).filter(({ image }) => study.named(image) !== null);
}

/**
 * One simulated hip through the grades: a slider over its images, the difference from the first image, and for
 * comparison the model's interpolation between the grades and a typical head of the cohort.
 */
export function sameHipView(store: Store, shown: (stage: number) => void): HTMLElement {
  const frames = hipFrames(store), { study } = store;
  const hip = el("img", { width: 256, height: 256, alt: "" });
  const over = el("canvas", { width: 256, height: 256, class: "difference", hidden: true });
  const stamp = el("div", { class: "stamp", "aria-live": "off" });
  const decoded = el("img", { width: 128, height: 128, alt: "" });
  const real = el("img", { width: 128, height: 128, alt: "" });
  const [decodedWords, realWords] = [el("figcaption"), el("figcaption")];
  const slider = el("input", {
    type: "range",
    min: 0,
    max: frames.length - 1,
    value: 0,
    "aria-label": "Image of the same hip, from grade 0 to grade 4",
    oninput: () => show(),
  });
  let blind = false;
  const changes = el("input", { type: "checkbox", onchange: () => show() });
  let timer: ReturnType<typeof setInterval> | undefined;
  const play = button("Play", () => {
    if (timer) return stop();
    if (Number(slider.value) >= frames.length - 1) slider.value = "0";
    play.textContent = "Pause";
    timer = setInterval(() => {
      if (Number(slider.value) >= frames.length - 1) return stop();
      slider.value = String(Number(slider.value) + 1);
      show();
    }, 300);
  });
  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
  }
  function show(): void {
    const k = Number(slider.value), frame = frames[k];
    const words = blind
      ? `Picture ${k + 1} of ${frames.length}, numbers hidden`
      : `Simulated hip at grade ${fixed(frame.stage, 2)}: distance ${fixed(frame.distance)}, percentile ${
        fixed(frame.percentile, 0)
      }`;
    hip.src = study.named(frame.image)!;
    hip.alt = words;
    over.hidden = !changes.checked || blind;
    if (!over.hidden) drawChange(over, study.named(frame.difference) ?? "");
    slider.setAttribute("aria-valuetext", words);
    stamp.replaceChildren(
      ...(blind
        ? [el("strong", {}, `picture ${k + 1} of ${frames.length}`), el("span", {}, "numbers hidden")]
        : [
          el("strong", {}, `grade ${fixed(frame.stage, 2)}`),
          el("span", {}, `distance ${fixed(frame.distance)}, residual ${fixed(frame.residual)}`),
          el(
            "span",
            {},
            `percentile ${fixed(frame.percentile, 0)} [${
              frame.percentileInterval.map((v) => fixed(v, 0)).join(", ")
            }] of healthy heads`,
          ),
          el("span", { class: "warn" }, frame.outOfDomain ? "out of domain" : ""),
        ]),
    );
    beside.hidden = blind;
    showBeside(frame);
    shown(blind ? NaN : frame.stage);
  }
  function showBeside({ stage }: HipFrame): void {
    const path = framesOf(store);
    const near = path.length
      ? path.reduce((
        best,
        each,
      ) => (Math.abs(each.grade - stage) < Math.abs(best.grade - stage) ? each : best))
      : null;
    decoded.parentElement!.hidden = !near;
    if (near) {
      decoded.src = study.named(near.image) ?? "";
      decoded.alt = `The model's interpolation at grade ${fixed(near.grade, 1)}`;
      decodedWords.textContent = `model\u2019s path at ${fixed(near.grade, 1)}: distance ${
        fixed(near.distance)
      }`;
    }
    const head = typicalHead(store, Math.round(stage));
    real.parentElement!.hidden = head < 0;
    if (head >= 0) {
      showPicture(study, real, study.picture("crops", head)!);
      real.alt = `The head of median distance of grade ${Math.round(stage)} in this study`;
      realWords.textContent = `median head of grade ${Math.round(stage)}: distance ${
        fixed(store.deviations.distance[head])
      }`;
    }
  }
  const beside = el(
    "div",
    { class: "beside" },
    el("figure", {}, decoded, decodedWords),
    el("figure", {}, real, realWords),
  );
  const question = classQuestion({
    frames,
    at: () => Number(slider.value),
    blind(on) {
      blind = on;
      stop();
      if (on) slider.value = "0";
      show();
    },
  });
  show();
  return el(
    "div",
    { class: "same-hip" },
    el("div", { class: "film" }, el("div", { class: "layers" }, hip, over), stamp),
    el(
      "div",
      { class: "controls" },
      play,
      slider,
      el(
        "label",
        { class: "tick", title: "Difference from the first image" },
        changes,
        el("span", {}, "show the difference"),
      ),
    ),
    beside,
    question,
  );
}

/** Difference from the first image: blue where darker, red where brighter, transparent where (almost) unchanged. */
function drawChange(canvas: HTMLCanvasElement, source: string): void {
  const image = new Image();
  image.onload = () => {
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(image, 0, 0, 256, 256);
    const picture = context.getImageData(0, 0, 256, 256);
    for (let i = 0; i < picture.data.length; i += 4) {
      const change = picture.data[i] - 128;
      const [red, green, blue] = change > 0 ? [230, 75, 40] : [60, 140, 240];
      picture.data.set([red, green, blue, Math.min(220, Math.max(0, 5 * (Math.abs(change) - 6)))], i);
    }
    context.putImageData(picture, 0, 0);
  };
  image.src = source;
}

/** The head of a grade with the median distance, among compared heads with an image; -1 if there is none. */
function typicalHead({ study, deviations }: Store, grade: number): number {
  const compared = comparedHeads(study);
  return medianHead(
    { value: deviations.distance },
    (i) => study.grade[i] === grade && compared[i] === 1 && study.picture("crops", i) !== null,
  );
}

/** Distance of the same hip by grade, with the model's path for comparison. */
export function sameHipCurve(store: Store) {
  const frames = hipFrames(store);
  const view = drawnFigure(store, {
    maxWidth: 560,
    height: () => 256,
    absent: "There are no images of the same hip; make them with: caput teach STUDY",
    draw: (theme, { width }) =>
      frames.length
        ? sameHipDistance(frames, {
          theme,
          width,
          path: framesOf(store).map(({ grade: stage, distance }) => ({ stage, distance })),
          references: distanceLines(store),
        })
        : null,
  });
  return view;
}

/** The scores of every image of the same hip, as a table. */
export function hipTable(store: Store) {
  return {
    columns: [
      "stage",
      "distance",
      "residual",
      "percentile",
      "percentile_low",
      "percentile_high",
      "out_of_domain",
    ],
    rows: hipFrames(store).map((frame) => [
      frame.stage,
      frame.distance,
      frame.residual,
      frame.percentile,
      ...frame.percentileInterval,
      frame.outOfDomain ? 1 : 0,
    ]),
  };
}

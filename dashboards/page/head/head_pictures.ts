import { MANY_HEADS } from "../../many_heads.ts";
import { medianHead } from "../state/by_value.ts";
import { comparedHeads } from "../state/compared_heads.ts";
import { button } from "../ui/controls.ts";
import { describeHead } from "../ui/describe_head.ts";
import { el } from "../ui/dom.ts";
import { count } from "../ui/format.ts";
import { pictureElement, showPicture } from "../ui/show_picture.ts";
import { residualPicture } from "./residual_picture.ts";
import { residualScale } from "./residual_scale.ts";
import type { PageStudy } from "../state/page_study.ts";
import type { Store } from "../state/store.ts";

/** Crop, reconstruction and residual; a healthy example on the same scale; the nearest healthy counterfactual. */
export function headPictures(store: Store, head: number): HTMLElement {
  const { study } = store;
  const crop = study.picture("crops", head);
  if (!crop) {
    return el(
      "p",
      { class: "quiet" },
      study.pictures.onDemand
        ? "The study has no image of this head."
        : study.n > MANY_HEADS
        ? `A page file of more than ${
          count(MANY_HEADS)
        } heads contains no images of heads. To see them, run: caput dashboard STUDY --serve`
        : "This page contains no images of this head; the study folder may contain them.",
    );
  }
  const who = describeHead(store, head);
  const residual = study.picture("residuals", head);
  const example = healthyExample(store, head);
  const exampleResidual = example < 0 ? null : study.picture("residuals", example);
  return el(
    "div",
    {},
    el(
      "div",
      { class: "triptych" },
      figure(picture(study, crop, `Crop of ${who}`), "crop"),
      figure(
        picture(study, study.picture("reconstructions", head), `Reconstruction of ${who}`),
        "reconstruction",
      ),
      residual && figure(residualPicture(residual, `Residual of ${who}`, study), "residual"),
      exampleResidual &&
        figure(
          picture(study, study.picture("crops", example), `Crop of a healthy example`),
          "healthy example",
        ),
      exampleResidual &&
        figure(
          picture(study, study.picture("reconstructions", example), `Reconstruction of a healthy example`),
          "its reconstruction",
        ),
      exampleResidual &&
        figure(residualPicture(exampleResidual, `Residual of a healthy example`, study), "its residual"),
    ),
    residual && residualScale(),
    counterfactual(store, head, crop),
  );
}

function figure(content: HTMLElement | null, name: string): HTMLElement | null {
  return content && el("figure", {}, content, el("figcaption", {}, name));
}

function picture(study: PageStudy, source: string | null, alt: string): HTMLElement | null {
  return source ? pictureElement(study, source, { alt, width: 128, height: 128 }) : null;
}

/** The compared healthy head with the median value of the measure, among heads with a residual image; -1 if none. */
function healthyExample({ study, deviations }: Store, head: number): number {
  const compared = comparedHeads(study);
  return medianHead(
    deviations,
    (i) => i !== head && study.grade[i] === 0 && compared[i] === 1 && study.picture("residuals", i) !== null,
  );
}

/** The reconstruction (without one, the crop), its counterfactual, and a view that alternates between both. */
function counterfactual({ study }: Store, head: number, crop: string): HTMLElement | null {
  const after = study.picture("counterfactuals", head);
  const before = study.picture("reconstructions", head) ?? crop;
  if (!after) return null;
  const blinking = pictureElement(study, before, {
    alt: "The reconstruction alternating with its nearest healthy counterfactual",
    width: 128,
    height: 128,
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    toggle.textContent = "Blink";
    toggle.setAttribute("aria-pressed", "false");
  };
  const toggle = button("Blink", () => {
    if (timer) return stop();
    toggle.textContent = "Stop";
    toggle.setAttribute("aria-pressed", "true");
    let shown = before;
    timer = setInterval(() => {
      if (!blinking.isConnected) return stop();
      shown = shown === after ? before : after;
      showPicture(study, blinking, shown);
    }, 700);
  }, { "aria-pressed": "false" });
  return el(
    "div",
    {},
    el("h3", {}, "Nearest healthy counterfactual"),
    el(
      "div",
      { class: "triptych" },
      figure(picture(study, before, "Reconstruction"), "before"),
      figure(
        picture(study, after, "Decoded at the 95 % boundary of healthy heads"),
        "at the 95 % boundary",
      ),
      el("figure", {}, blinking, el("figcaption", {}, toggle)),
    ),
  );
}

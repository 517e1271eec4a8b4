import { describeHead, shortId } from "./describe_head.ts";
import { el } from "./dom.ts";
import { fixed } from "./format.ts";
import { residualPicture } from "./residual_picture.ts";
import type { Store } from "./store.ts";

/** Everything the study knows of the head in focus. */
export function headCard(store: Store): HTMLElement {
  const body = el("div", { class: "card-body" });
  const element = el("aside", { class: "card", id: "card", tabindex: -1, "aria-label": "Head card" }, body);
  const draw = () => body.replaceChildren(...(store.focus < 0 ? empty() : filled(store, store.focus)));
  draw();
  store.on(["focus", "deviation", "view"], draw);
  return element;
}

function empty(): Node[] {
  return [
    el("h2", {}, "Head card"),
    el(
      "p",
      { class: "quiet" },
      "Click a point, or focus the map and use the arrow keys: the head you reach is shown here, with its crop, its reconstruction and what sets it apart.",
    ),
  ];
}

function filled(store: Store, head: number): Node[] {
  const { study, deviations } = store;
  const number = (name: string) => study.number(name)[head];
  const text = (name: string) => study.text(name)[head];
  const facts: [string, string][] = [
    ["side", text("side") || "unknown"],
    ["split", text("split") || "\u2013"],
    ["age", fixed(number("age"), 0)],
    ["sex", text("sex") || "\u2013"],
    ["site", text("site") || "\u2013"],
    [
      "head radius",
      Number.isFinite(number("head_radius_mm"))
        ? `${fixed(number("head_radius_mm"), 1)} mm`
        : `${fixed(number("radius_px"), 0)} px`,
    ],
    ["segmentation confidence", fixed(number("confidence"))],
    ["quality codes", text("quality") || "none"],
  ];
  return [
    el("h2", {}, `Head ${shortId(study.headId[head])}`),
    el(
      "p",
      { class: "big" },
      el("span", { class: "grade-tag", "data-grade": study.grade[head] }, `grade ${study.grade[head]}`),
      el("span", { class: "distance" }, fixed(deviations.distance[head])),
      el("span", { class: "unit" }, "Mahalanobis distance"),
    ),
    el(
      "p",
      {},
      `Percentile ${fixed(deviations.percentile[head], 0)} `,
      el(
        "span",
        { class: "quiet" },
        `[${fixed(deviations.percentileLow[head], 0)}, ${
          fixed(deviations.percentileHigh[head], 0)
        }] among ${deviations.reference.length} held-out healthy heads (${study.study.reference.kind})`,
      ),
    ),
    pictures(store, head),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
  ];
}

function pictures(store: Store, head: number): HTMLElement {
  const { study } = store;
  const crop = study.picture("crops", head);
  if (!crop) {
    return el("p", { class: "quiet" }, "Its pictures are not in this file; the served page has them.");
  }
  const one = (source: string | null, name: string) =>
    source &&
    el(
      "figure",
      {},
      el("img", { src: source, alt: `${name} of ${describeHead(store, head)}`, width: 128, height: 128 }),
      el("figcaption", {}, name),
    );
  const residual = study.picture("residuals", head);
  return el(
    "div",
    { class: "triptych" },
    one(crop, "crop"),
    one(study.picture("reconstructions", head), "reconstruction"),
    residual &&
      el(
        "figure",
        {},
        residualPicture(residual, `Residual of ${describeHead(store, head)}`),
        el("figcaption", {}, "residual z"),
      ),
  );
}

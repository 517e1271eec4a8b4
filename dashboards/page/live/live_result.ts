import { sharesReference } from "./live_points.ts";
import { referenceWords } from "../../../src/normative/reference_words.ts";
import type { LiveHead, LiveScore } from "../../live_score.ts";
import { button } from "../ui/controls.ts";
import { el, svgEl } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { residualPicture } from "../head/residual_picture.ts";
import { residualScale } from "../head/residual_scale.ts";
import { shareBar } from "../ui/share_bar.ts";
import type { Store } from "../state/store.ts";
import { screenTheme } from "../ui/themes.ts";

/** Result of a dropped radiograph: the film with outlines and a card for each hip, or an error message. */
export function liveResult(store: Store, score: LiveScore, { number = 0 } = {}): Node[] {
  const name = number ? [el("h3", { class: "film-name" }, `Film ${number}: ${score.file}`)] : [];
  if (score.error) {
    return [
      ...name,
      el(
        "div",
        { class: "live-words" },
        el("p", { class: "warn" }, `${score.file}: ${score.error.message}`),
        el("p", {}, score.error.fix ?? ""),
      ),
    ];
  }
  if (!score.heads.length) {
    return [
      ...name,
      film(score),
      el(
        "p",
        { class: "warn live-words" },
        `${score.file}: no femoral head was found${
          score.quality.length ? ` (${score.quality.join(", ")})` : ""
        }. No score is given.`,
      ),
    ].filter((node) => node !== null);
  }
  return [
    ...name,
    film(score),
    el(
      "div",
      { class: "live-heads" },
      score.heads.map((head) => headCard(store, head, score)),
      el(
        "div",
        { class: "live-words" },
        button("Show on the map", () => {
          document.getElementById("space")!.scrollIntoView();
          document.querySelector<HTMLElement>(".map-surface")!.focus({ preventScroll: true });
        }),
        el(
          "p",
          { class: "quiet" },
          `Percentiles are among ${
            referenceWords(score.reference ?? store.study.study.reference)
          }. Research and teaching only, not a medical device.`,
        ),
        sharesReference(store, score.reference) ? null : el(
          "p",
          { class: "quiet" },
          "The figures do not mark these distances: they refer to another reference than those of the study, so the two cannot be compared.",
        ),
      ),
    ),
  ].filter((node) => node !== null);
}

/** The film with the outlines of its heads. */
function film({ film: picture, heads, file }: LiveScore): HTMLElement | null {
  if (!picture) return null;
  const { widthPx, heightPx, png } = picture;
  const stroke = widthPx / 300;
  const marks = heads.map((head) =>
    head.outline?.length
      ? svgEl("path", {
        d: `M${head.outline.map(([x, y]) => `${x},${y}`).join("L")}Z`,
        class: "outline",
        "stroke-width": stroke,
      })
      : svgEl("circle", {
        cx: head.centerPx[0],
        cy: head.centerPx[1],
        r: head.radiusPx,
        class: "outline",
        "stroke-width": stroke,
      })
  );
  const names = heads.map((head) =>
    svgEl("text", {
      x: head.centerPx[0],
      y: head.centerPx[1] - head.radiusPx * 1.15,
      class: "outline-name",
      "font-size": widthPx / 32,
    }, `${head.side}, ${fixed(head.distance)}`)
  );
  return el(
    "div",
    { class: "film-overlay", style: `aspect-ratio:${widthPx}/${heightPx}` },
    el("img", {
      src: `data:image/png;base64,${png}`,
      alt: `The radiograph ${file} with ${heads.length} heads outlined`,
    }),
    svgEl("svg", { viewBox: `0 0 ${widthPx} ${heightPx}`, "aria-hidden": "true" }, ...marks, ...names),
  );
}

function headCard({ view }: Store, head: LiveHead, score: LiveScore): HTMLElement {
  const colours = screenTheme(view).grades;
  const image = (png: string | undefined, name: string) =>
    png
      ? el(
        "figure",
        {},
        el("img", {
          src: `data:image/png;base64,${png}`,
          alt: `${name}, ${head.side} hip`,
          width: 128,
          height: 128,
        }),
        el("figcaption", {}, name),
      )
      : null;
  const grades = [...head.nearestGrades ?? []].sort((a, b) => a.grade - b.grade);
  return el(
    "article",
    { class: "live-head", "aria-label": `${head.side} hip of ${score.file}` },
    el(
      "h3",
      {},
      head.side === "unknown" ? "Hip, side unknown" : `${head.side === "right" ? "Right" : "Left"} hip`,
    ),
    el(
      "p",
      { class: "big" },
      el("span", { class: "distance" }, fixed(head.distance)),
      el("span", { class: "unit" }, "Mahalanobis distance"),
    ),
    el(
      "p",
      {},
      `Percentile ${fixed(head.percentile, 0)} [${
        head.percentileInterval.map((v) => fixed(v, 0)).join(", ")
      }] among healthy heads` + (head.residual === undefined ? "" : `; residual ${fixed(head.residual)}`),
    ),
    head.outOfDomain &&
      el(
        "p",
        { class: "warn" },
        "Out of domain: this head differs from the reference cohort, so its scores may be unreliable.",
      ),
    head.quality?.length ? el("p", { class: "quiet" }, `Quality: ${head.quality.join(", ")}`) : null,
    el(
      "div",
      { class: "triptych" },
      image(head.crop, "crop"),
      image(head.reconstruction, "reconstruction"),
      head.residualMap
        ? el(
          "figure",
          {},
          residualPicture(`data:image/png;base64,${head.residualMap}`, `Residual, ${head.side} hip`),
          el("figcaption", {}, "residual"),
        )
        : null,
    ),
    head.residualMap && residualScale(),
    grades.length > 0 && el(
      "div",
      {},
      el("h4", {}, "Grades it resembles"),
      el(
        "ul",
        { class: "bars" },
        grades.map(({ grade, share }) =>
          el(
            "li",
            {},
            el("span", {}, `grade ${grade}`),
            shareBar(share, colours[grade % 5]),
            el("span", { class: "number" }, `${fixed(100 * share, 0)} %`),
          )
        ),
      ),
    ),
  );
}

import { placeOnUmap } from "../../src/projection/place_on_umap.ts";
import type { LiveHead, LiveScore } from "../live_score.ts";
import { el, svgEl } from "./dom.ts";
import { fixed } from "./format.ts";
import type { Server } from "./load_study.ts";
import { whitenedLatents } from "./neighbours.ts";
import { residualPicture } from "./residual_picture.ts";
import { modelOf } from "./deviation_reasons.ts";
import { whiten } from "../../src/projection/whiten.ts";
import type { LivePoint, Store } from "./store.ts";

/** Drop a radiograph: it goes to this machine's own server and nowhere else. */
export function dropView(store: Store, server: Server | null): HTMLElement {
  const result = el("div", { class: "live", role: "status" });
  if (!server) {
    return el(
      "div",
      { class: "drop closed" },
      el(
        "p",
        {},
        "This page was opened from a file, so it shows the study only. To score a radiograph of your own, serve it on your machine:",
      ),
      el("pre", { tabindex: 0 }, "deno task -q caput dashboard STUDY --serve --open"),
    );
  }
  const input = el("input", {
    type: "file",
    class: "unseen",
    id: "film",
    accept: ".dcm,.png,.tif,.tiff,.jpg,.jpeg,application/dicom",
    onchange: () => input.files?.[0] && send(input.files[0]),
  });
  const zone = el(
    "label",
    { class: "drop", for: "film" },
    input,
    el("strong", {}, "Drop a hip radiograph here"),
    el("span", { class: "quiet" }, "or choose a file: DICOM, PNG, TIFF or JPEG. It stays on this machine."),
  );
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const file = event.dataTransfer?.files[0];
    if (file) send(file);
  });
  async function send(file: File): Promise<void> {
    result.replaceChildren(el("p", {}, `Reading ${file.name} \u2026`));
    try {
      const answer = await server!.ask("/api/score", {
        method: "POST",
        body: file,
        headers: { "x-name": encodeURIComponent(file.name) },
      });
      const type = answer.headers.get("content-type") ?? "";
      const score = type.includes("json") ? await answer.json() as LiveScore : {
        file: file.name,
        heads: [],
        quality: [],
        error: { code: String(answer.status), message: await answer.text() },
      } as LiveScore;
      result.replaceChildren(...describe(store, score));
      store.setLive(positionsOf(store, score.heads ?? []));
    } catch (error) {
      result.replaceChildren(
        el("p", { class: "warn" }, `The server did not answer: ${(error as Error).message}`),
      );
    }
  }
  return el("div", {}, zone, result);
}

function describe(store: Store, score: LiveScore): Node[] {
  if (score.error) {
    return [
      el("p", { class: "warn" }, `${score.file}: ${score.error.message}`),
      el("p", {}, score.error.fix ?? ""),
    ];
  }
  if (!score.heads.length) {
    return [
      el(
        "p",
        { class: "warn" },
        `${score.file}: no femoral head was found${
          score.quality.length ? ` (${score.quality.join(", ")})` : ""
        }. No number is given.`,
      ),
    ];
  }
  return [
    film(score),
    ...score.heads.map((head) => headCard(head, score)),
    el(
      "p",
      { class: "quiet" },
      `Reference: ${score.reference?.n ?? store.deviations.reference.length} ${
        score.reference?.kind ?? store.study.study.reference.kind
      } healthy heads. Research and teaching only, not a medical device.`,
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

function headCard(head: LiveHead, score: LiveScore): HTMLElement {
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
  const grades = (head.nearestGrades ?? []).map(({ grade, share }) => `${grade} (${fixed(100 * share, 0)} %)`)
    .join(", ");
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
      }]` + (grades ? `; resembles grade ${grades}` : ""),
    ),
    head.outOfDomain &&
      el("p", { class: "warn" }, "Outside what the models have seen: read no number here as a finding."),
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
  );
}

/** Where new heads lie on the UMAP page, by their neighbours in the latent space; no point of the map moves. */
function positionsOf(store: Store, heads: readonly LiveHead[]): LivePoint[] {
  const { study } = store;
  const model = modelOf(store);
  const placed = heads.filter((head) => head.latent?.length === study.d);
  if (!model || !placed.length) return [];
  const points = new Float64Array(2 * study.n); // [n, 2]
  study.number("umap_x").forEach((x, i) => (points[2 * i] = x));
  study.number("umap_y").forEach((y, i) => (points[2 * i + 1] = y));
  const asked = whiten(Float64Array.from(placed.flatMap((head) => [...head.latent!])), model); // [heads, d]
  const at = placeOnUmap(asked, { rows: whitenedLatents(store), points, d: study.d });
  return placed.map((head, k) => ({ x: at[2 * k], y: at[2 * k + 1], label: head.side }));
}

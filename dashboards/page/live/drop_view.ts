import { placeOnUmap } from "../../../src/projection/place_on_umap.ts";
import type { LiveHead, LiveScore } from "../../live_score.ts";
import { el } from "../ui/dom.ts";
import type { Server } from "../state/load_study.ts";
import { whitenedLatents } from "../state/neighbours.ts";
import { liveResult } from "./live_result.ts";
import { modelOf } from "../head/deviation_reasons.ts";
import { whiten } from "../../../src/projection/whiten.ts";
import type { LivePoint, Store } from "../state/store.ts";

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
      result.replaceChildren(...liveResult(store, score));
      store.setLive(positionsOf(store, score.heads ?? []));
    } catch (error) {
      result.replaceChildren(
        el("p", { class: "warn" }, `The server did not answer: ${(error as Error).message}`),
      );
    }
  }
  return el("div", {}, zone, result);
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

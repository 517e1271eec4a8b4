import { chartFrame } from "../chart/chart_frame.ts";
import { summary } from "../chart/summaries.ts";
import { el, svgEl } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import { hipFrames, hipTable, sameHipCurve, sameHipView } from "./same_hip_view.ts";

/** Section on one simulated hip through the grades; null if the page has fewer than two images of that hip. */
export function sameHipSection(store: Store): HTMLElement | null {
  if (hipFrames(store).length < 2) return null;
  const curve = sameHipCurve(store);
  const line = svgEl("line", { class: "film-place", visibility: "hidden", stroke: "currentColor" });
  const place = (stage: number) => {
    const svg = curve.element.querySelector<SVGSVGElement>("svg") as FigureSvg | null;
    const scale = svg?.scale("x"), high = svg?.scale("y")?.range as [number, number] | undefined;
    if (!svg || !scale || !high || Number.isNaN(stage)) return line.setAttribute("visibility", "hidden");
    svg.append(line);
    const x = String(scale.apply(stage));
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", String(high[0])], ["y2", String(high[1])]]) {
      line.setAttribute(name, value);
    }
    line.setAttribute("visibility", "visible");
  };
  return section(
    "samehip",
    "The same hip through the grades",
    `One simulated patient, rendered repeatedly: bones, exposure and pose are unchanged; only the lesion, the crescent and the collapse grow. Every image was scored by the whole pipeline. Of ${
      store.study.teaching!.candidates
    } simulated patients this is the one whose healthy hip is most typical.`,
    el(
      "div",
      { class: "two even" },
      sameHipView(store, place),
      chartFrame({
        id: "same-hip",
        title: "Distance of the same hip",
        caption:
          "Solid: the simulated hip, one dot per picture. Dashed: the model\u2019s own path through the latent space. Dotted: percentiles of healthy heads.",
        body: curve.element,
        figure: curve.figure,
        table: () => hipTable(store),
        summary: summary(store, () => hipWords(store)),
      }),
    ),
  );
}

function hipWords(store: Store): string {
  const frames = hipFrames(store);
  const far = frames.find(({ percentile }) => percentile > 95);
  const peak = frames.reduce((most, frame) => frame.distance > most.distance ? frame : most);
  const last = frames.at(-1)!,
    between = peak === last || peak === frames[0]
      ? ""
      : `, highest (${fixed(peak.distance)}) at grade ${fixed(peak.stage, 2)}`;
  return `From ${fixed(frames[0].distance)} at grade 0 to ${fixed(last.distance)} at grade 4${between}; ${
    far
      ? `beyond the 95th percentile of healthy heads from grade ${fixed(far.stage, 2)} on`
      : "never beyond the 95th percentile of healthy heads"
  }. One simulated hip shows how the measure responds to a lesion, not the course of patients.`;
}

import { escapeHtml } from "../render/html_table.ts";
import type { DrawingTools, Interactive } from "./interactive.ts";
import { interactiveHtml } from "./interactive_html.ts";
import { type SliderContent, sliderPanel } from "./slider_panel.ts";
import { sliderScript } from "./slider_script.ts";

/** One position of a slider. */
export interface SliderStep {
  /** Text above the slider, such as "threshold 9.5". */
  readonly label: string;
  /**
   * An image (PNG, GIF or JPEG bytes), a text, named values (numbers are drawn as bars), or a function that draws a
   * figure.
   */
  readonly content: SliderContent;
  /** Alternative text of the image. @default the label */
  readonly alt?: string;
  /** Width of the image in CSS pixels (96 per inch). @default the image's own width */
  readonly widthPx?: number;
}

/**
 * A slider over prepared positions, each an image, a figure, a text or named values. All bars share one scale from
 * 0 to the largest number of all positions. The output contains everything that it needs, so it works wherever a
 * notebook's HTML is shown (JupyterLab, VS Code, an exported page). Where scripts are removed, only the position
 * `start` remains.
 *
 * @param options.label Name of the slider.
 * @param options.start Index of the position shown first, rounded and limited to the positions. @default {0}
 * @throws {RangeError} if there are fewer than two positions.
 */
export function slider(
  steps: readonly SliderStep[],
  { label, start = 0 }: { label: string; start?: number },
): Interactive {
  if (steps.length < 2) {
    throw new RangeError(`Cannot make a slider: at least 2 steps are needed, got ${steps.length}`);
  }
  const shown = Math.max(0, Math.min(steps.length - 1, Math.round(start)));
  const most = Math.max(0, ...steps.flatMap(({ content }) => numbersOf(content)));
  return {
    kind: "interactive",
    text: `${label}: a slider of ${steps.length} steps, ${steps[0].label} to ${steps.at(-1)!.label}`,
    html: (tools: DrawingTools) => {
      const panels = steps.map(({ content, label, alt = label, widthPx }) =>
        sliderPanel(content, { alt, widthPx, most, tools })
      );
      return interactiveHtml({
        name: "slider",
        staticHtml:
          `<p style="margin:0">${escapeHtml(label)}: <output>${escapeHtml(steps[shown].label)}</output></p>` +
          `<div data-step="${shown}">${panels[shown]}</div>`,
        maxWidthPx: Math.max(640, ...steps.map(({ widthPx = 0 }) => Math.ceil(widthPx))),
        script: sliderScript,
        data: { label, names: steps.map(({ label }) => label), panels, start: shown },
      });
    },
  };
}

function numbersOf(content: SliderContent): number[] {
  if (typeof content !== "object" || content instanceof Uint8Array) return [];
  return Object.values(content).filter((value): value is number => Number.isFinite(value));
}

import { lutMap, type ModalityValues, number } from "./modality_values.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import type { DisplayWindow, ValueRules } from "../stored/stored_image.ts";

/** Options of {@linkcode voiValues}. */
export interface VoiOptions {
  rules: ValueRules;
  /** Index of the look-up table, or of the window if there is no table. @default {0} */
  index?: number;
}

/**
 * Converts modality to displayed values, before any inversion: with the VOI look-up table if there is one, otherwise
 * with the window (PS3.3 C.11.2). Without either, values do not change. Used only for display, not for scoring.
 *
 * @returns values and the ends of their scale.
 * @throws {RadiographError} `bad-header` if the table, the window or its function is invalid.
 */
export function voiValues(modality: ModalityValues, { rules, index = 0 }: VoiOptions): ModalityValues {
  const lut = rules.voiLuts[index], window = rules.windows[index];
  if (lut) return { values: modality.values.map(lutMap(lut)), scale: [0, 2 ** lut.bits - 1] };
  if (!window) return modality;
  const { scale } = modality, low = Math.min(...scale), high = Math.max(...scale);
  const map = windowMap(window, { voiFunction: rules.voiFunction, low, high });
  return { values: modality.values.map(map), scale: [low, high] };
}

/** Window function for a single value: LINEAR (C.11.2.1.2.1), LINEAR_EXACT (C.11.2.1.3.2) or SIGMOID (C.11.2.1.3.1). */
function windowMap(
  window: DisplayWindow,
  { voiFunction, low, high }: { voiFunction: string; low: number; high: number },
): (value: number) => number {
  const linear = voiFunction === "LINEAR", range = high - low;
  const width = number(window.width, { name: "WindowWidth", missing: NaN }) - (linear ? 1 : 0);
  const center = number(window.center, { name: "WindowCenter", missing: NaN }) - (linear ? 0.5 : 0);
  if (!["LINEAR", "LINEAR_EXACT", "SIGMOID"].includes(voiFunction)) {
    throw new RadiographError(
      "Cannot apply the display window: its function must be LINEAR, LINEAR_EXACT or SIGMOID",
      {
        code: "bad-header",
        fix: "Correct VOILUTFunction (0028,1056); scoring does not need it.",
      },
    );
  }
  if (!(linear ? width >= 0 : width > 0)) {
    throw new RadiographError(
      `Cannot apply the display window: its width must be ${
        linear ? "at least 1" : "above 0"
      }, got ${window.width}`,
      { code: "bad-header", fix: "Correct WindowWidth (0028,1051); scoring does not need it." },
    );
  }
  if (voiFunction === "SIGMOID") {
    return (value) => range / (1 + Math.exp(-4 * (value - center) / width)) + low;
  }
  const below = center - width / 2, above = center + width / 2;
  return (value) =>
    value <= below ? low : value > above ? high : ((value - center) / width + 0.5) * range + low;
}

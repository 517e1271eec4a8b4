import { RadiographError } from "../guard/radiograph_error.ts";
import { decimal } from "../dicom/decimal.ts";
import type { LookUpTable, Samples, ValueRules } from "../stored/stored_image.ts";

/** Modality values and the ends of their scale. */
export interface ModalityValues {
  readonly values: Float64Array; // [pixels]
  /** Modality values at the ends of the scale; see {@linkcode modalityScale}. */
  readonly scale: readonly [number, number];
}

/** Range of storable values. */
export interface StoredRange {
  bitsStored: number;
  signed: boolean;
}

/**
 * Converts stored to modality values with the modality look-up table, or slope and intercept (PS3.3 C.11.1).
 *
 * @throws {RadiographError} `bad-header` if the look-up table is damaged, the slope is 0, or slope or intercept is not
 * a valid decimal number, such as "0,5".
 */
export function modalityValues(samples: Samples, range: StoredRange & { rules: ValueRules }): ModalityValues {
  const map = modalityMap(range.rules), values = new Float64Array(samples.length);
  for (let i = 0; i < values.length; i++) values[i] = map(samples[i]);
  return { values, scale: modalityScale(samples, range) };
}

/**
 * The ends of the scale of modality values: the modality values of the smallest and largest storable value; with a
 * look-up table, 0 and the largest number that its entries can hold; for floating-point samples, the smallest and
 * largest modality value present (NaN if any is NaN).
 */
export function modalityScale(
  samples: Samples,
  { rules, bitsStored, signed }: StoredRange & { rules: ValueRules },
): [number, number] {
  const map = modalityMap(rules);
  if (samples instanceof Float32Array || samples instanceof Float64Array) {
    let low = Infinity, high = -Infinity;
    for (const sample of samples) {
      const value = map(sample);
      if (!(value >= low)) low = value;
      if (!(value <= high)) high = value;
      if (value !== value) return [NaN, NaN];
    }
    return [low, high];
  }
  if (rules.modalityLut) return [0, 2 ** rules.modalityLut.bits - 1];
  const low = signed ? -(2 ** (bitsStored - 1)) : 0, high = low + 2 ** bitsStored - 1;
  return [map(low), map(high)];
}

/**
 * Slope and intercept, or null if there is a look-up table instead.
 *
 * @throws {RadiographError} `bad-header` as in {@linkcode modalityValues}.
 */
export function modalityLine(rules: ValueRules): readonly [slope: number, intercept: number] | null {
  if (rules.modalityLut) return null;
  const slope = number(rules.rescaleSlope, { name: "RescaleSlope", missing: 1 });
  const intercept = number(rules.rescaleIntercept, { name: "RescaleIntercept", missing: 0 });
  if (slope === 0) {
    throw new RadiographError("Cannot read the values: RescaleSlope must not be 0", {
      code: "bad-header",
      fix: "Correct RescaleSlope (0028,1053), usually 1, or export the film again.",
    });
  }
  return [slope, intercept];
}

/** The modality transform of a single value. */
export function modalityMap(rules: ValueRules): (stored: number) => number {
  if (rules.modalityLut) return lutMap(rules.modalityLut);
  const [slope, intercept] = modalityLine(rules)!;
  return (stored) => stored * slope + intercept;
}

/**
 * Look-up of a single value. Values before the first entry take the first, values after the last take the last (PS3.3
 * C.11.1.1.1).
 *
 * @throws {RadiographError} `bad-header` if the table is damaged.
 */
export function lutMap({ first, entries }: LookUpTable): (value: number) => number {
  const last = entries.length - 1;
  if (last < 0) {
    throw new RadiographError(
      "Cannot read the values: a look-up table must have a descriptor, data and 8 to 16 bits per entry",
      {
        code: "bad-header",
        fix: "Export the film again, or without its look-up table.",
      },
    );
  }
  return (value) => entries[Math.min(Math.max(Math.floor(value - first), 0), last)];
}

/** Parses a decimal string, or returns `missing` if it is null or empty. Throws if it is not a number. */
export function number(text: string | null, { name, missing }: { name: string; missing: number }): number {
  if (text === null || text === "") return missing;
  const value = decimal(text);
  if (value === null) {
    throw new RadiographError(
      `Cannot read the values: ${name} must be a number such as 0.5, with a decimal point`,
      {
        code: "bad-header",
        fix: `Correct ${name}, or export the film again.`,
      },
    );
  }
  return value;
}

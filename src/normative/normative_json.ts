import { cholesky } from "../array/cholesky.ts";
import type { NormativeModel } from "../types.ts";
import { ESTIMATORS } from "./estimate_covariance.ts";
import { InputError } from "../input_error.ts";

/** A normative model as plain JSON: the file `normative.json`. */
export interface NormativeJson {
  /** Type tag, the same for every object of this type. */
  readonly kind: "normative-model";
  /** Covariance estimator. */
  readonly estimator: NormativeModel["estimator"];
  /** Number of training heads. */
  readonly n: number;
  /** Number of latent dimensions. */
  readonly d: number;
  /** Mean of the training heads. */
  readonly mean: readonly number[]; // [d]
  /** Covariance of the training heads, row by row. */
  readonly covariance: readonly (readonly number[])[]; // [d][d]
  /** Description of the reference group. */
  readonly reference: NormativeModel["reference"];
  /** Mahalanobis distances of the held-out healthy heads. */
  readonly referenceDistances: readonly number[]; // [reference.n], ascending
}

/** The model as plain JSON; numbers keep every digit. */
export function toJson(model: NormativeModel): NormativeJson {
  const d = model.mean.length;
  return {
    kind: "normative-model",
    estimator: model.estimator,
    n: model.n,
    d,
    mean: Array.from(model.mean),
    covariance: Array.from(
      { length: d },
      (_, i) => Array.from(model.covariance.subarray(i * d, (i + 1) * d)),
    ),
    reference: { ...model.reference },
    referenceDistances: Array.from(model.referenceDistances),
  };
}

/**
 * Reads a model from a parsed JSON value and checks every part of it. The Cholesky factor is computed again.
 *
 * @throws {TypeError} if a part is missing or has a wrong shape, type or name. @throws {InputError} if a number is not
 * finite, the covariance is not symmetric and positive definite, or the reference distances are negative or do not
 * ascend.
 */
export function fromJson(json: unknown): NormativeModel {
  const { estimator, n, d, reference, ...arrays } = checkParts(json);
  const mean = numbers(arrays.mean, "mean", d);
  if (!Array.isArray(arrays.covariance) || arrays.covariance.length !== d) {
    throw new TypeError(`Cannot read a normative model: covariance must have ${d} rows`);
  }
  const covariance = new Float64Array(d * d); // [d, d]
  arrays.covariance.forEach((row, i) => covariance.set(numbers(row, `covariance row ${i}`, d), i * d));
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const a = covariance[i * d + j], b = covariance[j * d + i];
      if (Math.abs(a - b) > 1e-9 * (Math.abs(a) + Math.abs(b))) {
        throw new InputError(`Cannot read a normative model: covariance is not symmetric at ${i}, ${j}`);
      }
    }
  }
  const referenceDistances = numbers(arrays.referenceDistances, "referenceDistances", reference.n);
  referenceDistances.forEach((v, i) => {
    if (v < 0 || (i > 0 && v < referenceDistances[i - 1])) {
      throw new InputError(
        `Cannot read a normative model: reference distances must ascend from 0, got ${v} at ${i}`,
      );
    }
  });
  return {
    kind: "normative-model",
    estimator,
    n,
    mean,
    covariance,
    cholesky: cholesky(covariance, d),
    reference,
    referenceDistances,
  };
}

function checkParts(json: unknown): NormativeJson {
  const part = json as NormativeJson;
  if (typeof json !== "object" || json === null || part.kind !== "normative-model") {
    throw new TypeError('Cannot read a normative model: it must be an object of kind "normative-model"');
  }
  if (!ESTIMATORS.includes(part.estimator)) {
    throw new TypeError(
      `Cannot read a normative model: the estimator must be one of ${ESTIMATORS.join(", ")}`,
    );
  }
  if (!Number.isInteger(part.n) || part.n < 1 || !Number.isInteger(part.d) || part.d < 1 || part.d > 4096) {
    throw new TypeError(
      `Cannot read a normative model: n and d must be whole numbers from 1, d at most 4096, got ${part.n}, ${part.d}`,
    );
  }
  const reference = part.reference;
  if (
    typeof reference !== "object" || reference === null || typeof reference.name !== "string" ||
    (reference.kind !== "synthetic" && reference.kind !== "cohort") || !Number.isInteger(reference.n) ||
    reference.n < 0
  ) {
    throw new TypeError(
      "Cannot read a normative model: the reference must have a name, a kind (synthetic or cohort) " +
        "and n, a whole number from 0",
    );
  }
  return { ...part, reference: { kind: reference.kind, n: reference.n, name: reference.name } };
}

function numbers(list: unknown, name: string, length: number): Float64Array {
  if (!Array.isArray(list) || list.length !== length) {
    throw new TypeError(`Cannot read a normative model: ${name} must be a list of ${length} numbers`);
  }
  list.forEach((v, i) => {
    if (typeof v !== "number" || !Number.isFinite(v)) {
      throw new InputError(
        `Cannot read a normative model: ${name} must hold finite numbers, got ${v} at ${i}`,
      );
    }
  });
  return Float64Array.from(list);
}

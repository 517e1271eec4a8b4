import type { Plan } from "../../types.ts";
import { IntegrityError } from "../../files/integrity_error.ts";

type Rule = (value: unknown) => boolean;
const isNumber: Rule = (value) => typeof value === "number" && Number.isFinite(value);
const isAbove = (least: number): Rule => (value) => isNumber(value) && (value as number) > least;
const isSize: Rule = (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 4096;
const isText: Rule = (value) => typeof value === "string" && value !== "";
const isHash: Rule = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isPair: Rule = (value) =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber) &&
  value[0] >= 0 && value[0] < value[1] && value[1] <= 1;

const isScales: Rule = (value) =>
  value === undefined || Array.isArray(value) && value.length <= 4 && value.every(isAbove(0));

/** Checked entries of a plan except `models` and `elsewhere`: path, rule, and the rule in words for the error message. */
const RULES: readonly (readonly [path: string, rule: Rule, words: string])[] = [
  ["version", (value) => value === 1, "1"],
  ["name", isText, "text that is not empty"],
  ["reference.kind", (value) => value === "synthetic" || value === "cohort", "synthetic or cohort"],
  ["reference.name", isText, "text that is not empty"],
  ["segmentation.firstPx", isSize, "a whole number of pixels from 1 to 4096"],
  ["segmentation.inputPx", isSize, "a whole number of pixels from 1 to 4096"],
  ["segmentation.windowRadii", isAbove(1), "a number above 1"],
  ["segmentation.mirrored", (value) => value === undefined || typeof value === "boolean", "true or false"],
  ["segmentation.scales", isScales, "a list of numbers above 0, at most 4 of them"],
  ["segmentation.equalised", (value) => value === undefined || typeof value === "boolean", "true or false"],
  ["segmentation.threshold", (v) => isAbove(0)(v) && (v as number) < 1, "a number between 0 and 1"],
  ["crop.sizePx", isSize, "a whole number of pixels from 1 to 4096"],
  ["crop.halfSideRadii", isAbove(0), "a number above 0"],
  ["crop.intensityQuantiles", isPair, "two ascending numbers from 0 to 1"],
  ["vae.latentSize", isSize, "a whole number from 1 to 4096"],
  ["normative.estimator", isText, "the name of an estimator"],
];

function valueAt(plan: unknown, path: string): unknown {
  let value = plan;
  for (const key of path.split(".")) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/**
 * Parses a plan from its JSON text and checks the entries that scoring needs.
 *
 * @param name file name for error messages
 * @throws {IntegrityError} if the text is not JSON, or an entry is wrong; for a wrong entry, the message states the
 * entry, the rule and the actual value.
 */
export function checkPlan(text: string, name = "plan.json"): Plan {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    throw new IntegrityError(
      `Cannot use ${name}: it must be JSON`,
      "restore the models folder, or train again",
      { cause },
    );
  }
  for (const [path, rule, words] of RULES) {
    const value = valueAt(plan, path);
    if (rule(value)) continue;
    throw new IntegrityError(
      `Cannot use ${name}: ${path} must be ${words}, got ${JSON.stringify(value) ?? "nothing"}`,
      "restore the models folder, or train again",
    );
  }
  const models = valueAt(plan, "models");
  if (models === null || typeof models !== "object" || !Object.values(models).every(isHash)) {
    throw new IntegrityError(
      `Cannot use ${name}: models must state a sha256 for each file, got ${JSON.stringify(models)}`,
      "restore the models folder, or train again",
    );
  }
  const elsewhere = valueAt(plan, "elsewhere") ?? {};
  const isInParent = (place: unknown) => typeof place === "string" && /^\.\.\/[\w.-]+$/.test(place);
  if (typeof elsewhere !== "object" || !Object.values(elsewhere).every(isInParent)) {
    throw new IntegrityError(
      `Cannot use ${name}: elsewhere must name files of the parent folder (../NAME), got ${
        JSON.stringify(elsewhere)
      }`,
      "restore the models folder, or train again",
    );
  }
  return plan as Plan;
}

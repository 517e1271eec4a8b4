import type { Plan } from "../../types.ts";

/** The plan of a models folder before any training. */
export const DEFAULT_PLAN: Plan = {
  version: 1,
  name: "untrained",
  reference: { kind: "synthetic", name: "synthetic hips" },
  segmentation: {
    firstPx: 192,
    inputPx: 160,
    windowRadii: 5,
    mirrored: true,
    scales: [1.25],
    equalised: true,
    threshold: 0.45,
  },
  crop: { sizePx: 128, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] },
  vae: { latentSize: 32, channels: [] },
  normative: { estimator: "ledoit-wolf" },
  primary: "distance",
  seeds: {},
  splitSha256: "",
  models: {},
};

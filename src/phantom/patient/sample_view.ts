import type { Draw } from "./draws.ts";
import type { View } from "./patient.ts";

/** Draws the positions of tube and film, and what the film shows. */
export function sampleView(d: Draw, setting: "paper" | "hard" | "training"): View {
  const wild = setting === "paper" ? 0 : setting === "hard" ? 1 : 1.2;
  const hip = setting !== "paper" && d.p(setting === "hard" ? 0.15 : 0.25);
  const hipSide = d.p(0.5) ? "right" as const : "left" as const;
  const away = hipSide === "left" ? 1 : -1;
  const widthMm = hip ? d.u(190, 330) : d.u(385, 440) + wild * d.u(-30, 30);
  const heightMm = widthMm * (hip ? d.u(0.85, 1.5) : setting === "paper" ? 1 : d.u(0.72, 1.15));
  const loose = 1 + 1.2 * wild;
  const cutOff = !hip && d.p(0.07 * wild);
  return {
    kind: hip ? "hip" : "pelvis",
    hipSide,
    widthMm,
    heightMm,
    centerMm: hip ? [away * (88 + d.u(-0.32, 0.32) * widthMm), d.u(-0.25, 0.35) * heightMm * 0.9] : [
      d.n(0, 6 * loose, -40, 40) + (cutOff ? d.pick([-1, 1]) * d.u(60, 130) : 0),
      d.n(-12, 16 * loose, -95, 75),
    ],
    tiltDeg: d.n(10, 5 * loose, -24, 36),
    turnDeg: d.n(0, 2 * loose, -16, 16),
    obliquityDeg: d.n(0, 1.6 * loose, -14, 14),
    sourceMm: d.u(1000, 1200),
    behindMm: d.u(60, 170),
    mirrored: d.p(0.03 * wild),
  };
}

import { seededPrng } from "../array/seeded_prng.ts";
import { type Break, femur } from "./femur.ts";
import { hemipelvis } from "./hemipelvis.ts";
import type { Mesh } from "./mesh.ts";
import { sacrum, vertebra } from "./spine.ts";

const shelf = new Map<string, Mesh[]>();

/** How many different templates of each bone are made; patients bend them further. */
export const TEMPLATES = { hemipelvis: 8, femur: 8, sacrum: 3, vertebra: 3 } as const;

/** Template bone number `index`, made once a process and kept: the same index gives the same bone everywhere. */
export function templateBone(name: keyof typeof TEMPLATES, index: number, broken: Break = "none"): Mesh[] {
  const key = `${name} ${index} ${broken}`;
  let meshes = shelf.get(key);
  if (!meshes) {
    const prng = seededPrng(1000 + index).fork(name);
    if (name === "hemipelvis") meshes = [hemipelvis(prng)];
    else if (name === "femur") meshes = femur(prng, { broken });
    else if (name === "sacrum") meshes = [sacrum(prng)];
    else meshes = [vertebra(prng)];
    shelf.set(key, meshes);
  }
  return meshes;
}

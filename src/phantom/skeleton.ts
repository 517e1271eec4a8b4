import { seededPrng } from "../array/seeded_prng.ts";
import type { BoneSubjects } from "./bone_model.ts";
import { type Break, femur } from "./femur.ts";
import type { Mesh } from "./mesh.ts";
import { sacralTail, vertebra } from "./spine.ts";

const shelf = new Map<string, Mesh[]>();

/** How many different templates of each bone are made; patients bend them further. */
export const TEMPLATES = { femur: 20, tail: 3, vertebra: 4 } as const;

/** Template bone number `index`, made once a process and kept: the same index gives the same bone everywhere. */
export function templateBone(
  name: keyof typeof TEMPLATES,
  index: number,
  { broken = "none" as Break, subjects = "training" as BoneSubjects } = {},
): Mesh[] {
  const key = `${name} ${index} ${broken} ${subjects}`;
  let meshes = shelf.get(key);
  if (!meshes) {
    const prng = seededPrng(1000 + index).fork(name);
    if (name === "femur") meshes = femur(prng, { broken, subjects });
    else if (name === "tail") meshes = [sacralTail(prng)];
    else meshes = [vertebra(prng)];
    shelf.set(key, meshes);
  }
  return meshes;
}

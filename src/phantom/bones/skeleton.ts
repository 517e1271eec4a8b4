import { seededPrng } from "../../array/seeded_prng.ts";
import type { BoneSubjects } from "./bone_model.ts";
import { type Break, femur, femurShape } from "./femur.ts";
import { headRadii } from "./head_radii.ts";
import type { Mesh } from "./mesh.ts";
import { sacralTail, vertebra } from "./spine.ts";

const builtBones = new Map<string, Mesh[]>(), heads = new Map<string, Float32Array>();

/** Number of templates of each bone. Each patient's bones are deformed further. */
export const TEMPLATES = { femur: 40, tail: 3, vertebra: 4 } as const;

/**
 * Number of additional femora with reshaped heads (`reshapeHead`), from index `TEMPLATES.femur` on; only training films
 * use them.
 */
export const RESHAPED_FEMORA = 160;

/**
 * Template bone number `index`, built once per process: one mesh, or two for a fractured femur. The same arguments
 * always give the same bone.
 */
export function templateBone(
  name: keyof typeof TEMPLATES,
  index: number,
  { broken = "none" as Break, subjects = "training" as BoneSubjects } = {},
): Mesh[] {
  const key = `${name} ${index} ${broken} ${subjects}`;
  let meshes = builtBones.get(key);
  if (!meshes) {
    const prng = templatePrng(name, index);
    if (name === "femur") meshes = femur(prng, { broken, subjects, reshaped: isReshaped(index) });
    else if (name === "tail") meshes = [sacralTail(prng)];
    else meshes = [vertebra(prng)];
    builtBones.set(key, meshes);
  }
  return meshes;
}

const isReshaped = (index: number) => index >= TEMPLATES.femur;

const templatePrng = (name: keyof typeof TEMPLATES, index: number) => seededPrng(1000 + index).fork(name);

/**
 * Distance from the centre to the surface of the head of femur template `index` (`headRadii`), computed once per
 * process.
 */
export function templateHead(index: number, subjects: BoneSubjects): Float32Array {
  const key = `${index} ${subjects}`;
  let radii = heads.get(key);
  if (!radii) {
    const { solid } = femurShape(templatePrng("femur", index), { subjects, reshaped: isReshaped(index) });
    heads.set(key, radii = headRadii(solid));
  }
  return radii;
}

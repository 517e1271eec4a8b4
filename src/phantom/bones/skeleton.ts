import { seededPrng } from "../../array/seeded_prng.ts";
import type { BoneSubjects } from "./bone_model.ts";
import { type Break, femur, femurShape } from "./femur.ts";
import { headRadii } from "./head_radii.ts";
import type { Mesh } from "./mesh.ts";
import { sacralTail, vertebra } from "./spine.ts";

const shelf = new Map<string, Mesh[]>(), heads = new Map<string, Float32Array>();

/** How many different templates of each bone are made; patients bend them further. */
export const TEMPLATES = { femur: 40, tail: 3, vertebra: 4 } as const;

/** Femora from `TEMPLATES.femur` on have heads of other shapes (`reshapeHead`): so many more, for films to train on. */
export const RESHAPED_FEMORA = 80;

/** Template bone number `index`, made once a process and kept: the same index gives the same bone everywhere. */
export function templateBone(
  name: keyof typeof TEMPLATES,
  index: number,
  { broken = "none" as Break, subjects = "training" as BoneSubjects } = {},
): Mesh[] {
  const key = `${name} ${index} ${broken} ${subjects}`;
  let meshes = shelf.get(key);
  if (!meshes) {
    const prng = templatePrng(name, index);
    if (name === "femur") meshes = femur(prng, { broken, subjects, reshaped: isReshaped(index) });
    else if (name === "tail") meshes = [sacralTail(prng)];
    else meshes = [vertebra(prng)];
    shelf.set(key, meshes);
  }
  return meshes;
}

const isReshaped = (index: number) => index >= TEMPLATES.femur;

const templatePrng = (name: keyof typeof TEMPLATES, index: number) => seededPrng(1000 + index).fork(name);

/** How far the head of femur template `index` reaches in each direction (`headRadii`), made once a process and kept. */
export function templateHead(index: number, subjects: BoneSubjects): Float32Array {
  const key = `${index} ${subjects}`;
  let radii = heads.get(key);
  if (!radii) {
    const { solid } = femurShape(templatePrng("femur", index), { subjects, reshaped: isReshaped(index) });
    heads.set(key, radii = headRadii(solid));
  }
  return radii;
}

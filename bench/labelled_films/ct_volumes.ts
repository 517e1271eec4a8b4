import { type CtVolume, readNifti } from "./read_nifti.ts";
import { SHARED } from "./shared_films.ts";

/** A sphere around a head in a CT volume, in mm from the centre of the first voxel. */
export interface CtHead {
  readonly volume: string;
  readonly side: "right" | "left";
  readonly centerMm: readonly [number, number, number];
  readonly radiusMm: number;
}

/** Contents of `ct_heads.json`. */
export interface CtHeads {
  readonly heads: readonly CtHead[];
  /** Natural heads with a screw: neither required nor counted as false if reported. */
  readonly nailed: readonly CtHead[];
}

/** A CT volume converted to attenuation per mm on a fine grid, ready for projection. */
export interface AttenuationVolume extends CtVolume {
  readonly name: string;
  readonly heads: readonly CtHead[];
  readonly nailed: readonly CtHead[];
}

/**
 * Weights of four neighbours for a value between voxels, so that 3 mm slices leave no stripes: interpolation with a
 * cubic (Catmull and Rom 1974), or a smoother cubic B-spline approximation for a volume that is coarse along every
 * axis.
 */
function cubicWeights(t: number, smooth: boolean): [number, number, number, number] {
  const t2 = t * t, t3 = t2 * t;
  if (smooth) return [(1 - t) ** 3 / 6, (4 - 6 * t2 + 3 * t3) / 6, (1 + 3 * t + 3 * t2 - 3 * t3) / 6, t3 / 6];
  return [
    (-t3 + 2 * t2 - t) / 2,
    (3 * t3 - 5 * t2 + 2) / 2,
    (-3 * t3 + 4 * t2 + t) / 2,
    (t3 - t2) / 2,
  ];
}

/** The volume resampled along one axis at `stepMm`. */
function finer(
  volume: CtVolume,
  { axis, stepMm, smooth }: { axis: 0 | 1 | 2; stepMm: number; smooth: boolean },
): CtVolume {
  const { sizes, stepMm: steps, values } = volume;
  if (steps[axis] <= stepMm) return volume;
  const count = Math.floor((sizes[axis] - 1) * steps[axis] / stepMm) + 1;
  const outSizes = sizes.with(axis, count) as [number, number, number];
  const outSteps = steps.with(axis, stepMm) as [number, number, number];
  const stride = [1, sizes[0], sizes[0] * sizes[1]][axis];
  const outer = axis === 2 ? 1 : axis === 1 ? sizes[2] : sizes[1] * sizes[2];
  const out = new Float32Array(outSizes[0] * outSizes[1] * outSizes[2]);
  for (let o = 0; o < outer; o++) {
    const from = o * stride * sizes[axis], to = o * stride * count;
    for (let i = 0; i < count; i++) {
      const at = i * stepMm / steps[axis], base = Math.floor(at), w = cubicWeights(at - base, smooth);
      const rows = [-1, 0, 1, 2].map((k) => from + Math.min(sizes[axis] - 1, Math.max(0, base + k)) * stride);
      for (let s = 0; s < stride; s++) {
        out[to + i * stride + s] = w[0] * values[rows[0] + s] + w[1] * values[rows[1] + s] +
          w[2] * values[rows[2] + s] + w[3] * values[rows[3] + s];
      }
    }
  }
  return { sizes: outSizes, stepMm: outSteps, values: out };
}

/** Attenuation of water at the mean energy of a pelvis film, per mm (about 60 keV; NIST XCOM). */
const WATER_PER_MM = 0.02;
/**
 * Hounsfield units above which voxels count as bone, and the factor by which attenuation beyond this value is increased
 * in addition, because films are taken with a softer beam than CT.
 */
const BONE_FROM = 150, BONE_MORE = 0.8;

/**
 * A CT volume as attenuation per mm on a grid of at most 1.5 mm, without the couch.
 *
 * @param name file in the shared `ct` folder, without extension
 */
export async function attenuationVolume(name: string): Promise<AttenuationVolume> {
  const { heads, nailed }: CtHeads = JSON.parse(
    await Deno.readTextFile(new URL("ct_heads.json", import.meta.url)),
  );
  let volume = readNifti(await Deno.readFile(new URL(`ct/${name}.nii.gz`, SHARED)));
  takeCouchAway(volume);
  const smooth = volume.stepMm[0] > 2;
  for (const axis of [0, 1, 2] as const) volume = finer(volume, { axis, stepMm: 1.5, smooth });
  volume = longer(volume);
  const { values } = volume;
  for (let i = 0; i < values.length; i++) {
    const hu = values[i];
    values[i] = Math.max(0, (1000 + hu) / 1000 + BONE_MORE * Math.max(0, hu - BONE_FROM) / 1000) *
      WATER_PER_MM;
  }
  const here = (list: readonly CtHead[]) =>
    list.filter((head) => head.volume === name).map((head): CtHead => {
      const [x, y, z] = head.centerMm;
      return { ...head, centerMm: [x, y, z + LEGS_MM] };
    });
  return { ...volume, name, heads: here(heads), nailed: here(nailed) };
}

/**
 * The volume is extended downwards by this length, mm, by repeating its lowest slice. Thighs and shafts hardly change
 * there, and oblique rays must not leave the volume at its lower end.
 */
export const LEGS_MM = 45;

function longer({ sizes: [nx, ny, nz], stepMm, values }: CtVolume): CtVolume {
  const more = Math.round(LEGS_MM / stepMm[2]), slice = nx * ny, out = new Float32Array((nz + more) * slice);
  for (let k = 0; k < more; k++) out.set(values.subarray(0, slice), k * slice);
  out.set(values, more * slice);
  return { sizes: [nx, ny, nz + more], stepMm, values: out };
}

/**
 * Removes the couch. Each column of voxels is searched from the back to the front for the first tissue that is 30 mm
 * thick; everything behind it becomes air.
 */
function takeCouchAway({ sizes: [nx, ny, nz], stepMm, values }: CtVolume): void {
  const thick = Math.round(30 / stepMm[1]);
  for (let z = 0; z < nz; z++) {
    for (let x = 0; x < nx; x++) {
      const at = (y: number) => (z * ny + y) * nx + x;
      let run = 0, y = ny - 1;
      for (; y >= 0 && run < thick; y--) run = values[at(y)] > -300 ? run + 1 : 0;
      for (let back = run < thick ? 0 : y + thick + 1; back < ny; back++) values[at(back)] = -1000;
    }
  }
}

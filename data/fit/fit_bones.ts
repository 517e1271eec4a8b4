import { joinBytes } from "../../src/array/join_bytes.ts";
import { gzipSync } from "fflate";
import { FEMUR_GRID, FIELD_MM, fitFemora } from "./fit_femora.ts";
import { fitPelvis } from "./fit_pelvis.ts";
import type { PrincipalShapes } from "./principal_shapes.ts";

/**
 * Fits the bone model from which the phantom's films are made, and returns it packed, with the share of the training
 * pelves' variance that the modes explain. Run as a program, this file writes `data/bones.bin.gz`:
 *
 *     deno task fit:bones FOLDER-WITH-BONES
 *
 * Layout after gunzip: a Uint32 with the length of the JSON, the JSON, then the arrays at the positions stated in it.
 * Numbers are little-endian.
 */
export function fitBones(folder: string): { packed: Uint8Array; explained: number } {
  const arrays: Uint8Array[] = [];
  const put = (values: Int16Array | Uint16Array | Int8Array | Uint8Array) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    arrays.push(bytes);
    return { at: arrays.slice(0, -1).reduce((sum, { length }) => sum + length, 0), bytes: bytes.length };
  };
  const pelvis = fitPelvis(folder);
  const shapes = ({ mean, modes }: PrincipalShapes) => ({
    mean: put(Int16Array.from(mean, (v) => Math.round(100 * v))),
    modes: modes.map((mode) => {
      const most = mode.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      return { unitMm: most / 127, values: put(Int8Array.from(mode, (v) => Math.round(127 * v / most))) };
    }),
  });
  const header = {
    about:
      "Shape models of hip bones and sacrum, and femora as signed distances. See data/README.md for sources.",
    pelvis: {
      bones: pelvis.bones.map(({ name, vertices, triangles, wallMm }) => ({
        name,
        vertices,
        triangles: put(Uint16Array.from(triangles)),
        wall: put(Uint8Array.from(wallMm, (v) => Math.min(255, Math.round(20 * v)))),
      })),
      training: shapes(pelvis.training),
      heldOut: shapes(pelvis.heldOut),
      sizeSd: deviation(pelvis.sizes),
    },
    femora: {
      grid: FEMUR_GRID,
      unitMm: FIELD_MM / 127,
      fields: fitFemora(folder).map(({ name, heldOut, shaftX, values }) => ({
        name,
        heldOut,
        shaftX: Math.round(100 * shaftX) / 100,
        values: put(Int8Array.from(values, (v) => Math.round(v * 127 / FIELD_MM))),
      })),
    },
  };
  let json = new TextEncoder().encode(JSON.stringify(header));
  while ((json.length + 4) % 4) json = Uint8Array.of(...json, 32);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length, true);
  const packed = gzipSync(joinBytes([length, json, ...arrays]), { level: 9, mtime: 0 });
  return { packed, explained: pelvis.training.explained };
}

const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
};

if (import.meta.main) {
  const [folder] = Deno.args;
  if (!folder) throw new Error("Name the folder with the bones: deno task fit:bones FOLDER");
  const { packed, explained } = fitBones(folder);
  Deno.writeFileSync(new URL("../bones.bin.gz", import.meta.url), packed);
  console.log(
    `data/bones.bin.gz: ${packed.length} bytes; the modes explain ${
      (100 * explained).toFixed(1)
    } % of the variance`,
  );
}

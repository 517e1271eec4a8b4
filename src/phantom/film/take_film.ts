import { seededPrng } from "../../array/seeded_prng.ts";
import { bowel } from "../body/bowel.ts";
import { calcifications } from "../body/calcifications.ts";
import { type Camera, camera as makeCamera } from "../body/camera.ts";
import { carryFilm } from "./carry_film.ts";
import { dressAfter, dressBefore } from "./dressing.ts";
import { expose } from "./expose.ts";
import { addEnlarged } from "../sheet/fields.ts";
import { type HeadTruth, headTruth } from "./head_truth.ts";
import type { Film, Joint } from "./film.ts";
import type { ProjectedHip } from "../body/implant.ts";
import { addLesion } from "../body/lesion_density.ts";
import { metal } from "../body/metal.ts";
import { negativeFilm } from "./negative_film.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Hip, Patient } from "../patient/patient.ts";
import {
  addBone,
  femurTurn,
  placeFemur,
  placeHipBone,
  type Placement,
  placement,
} from "../body/place_bones.ts";
import { pelvicCortex } from "../body/pelvic_cortex.ts";
import { pelvis } from "../bones/pelvis.ts";
import { processFilm } from "./process_film.ts";
import { templateBone, templateHead } from "../bones/skeleton.ts";
import { softTissue } from "../body/soft_tissue.ts";
import { addGroups, addSpongy } from "../body/trabeculae.ts";
import { rotate } from "../body/camera.ts";
import { wobble } from "../body/wobble.ts";

/**
 * Linear attenuation per mm at about 70 kV with filtration: cortical bone and marrow space in excess of soft tissue,
 * and soft tissue itself.
 */
const CORTEX = 0.052, SPONGY = 0.0115, FLESH = 0.0205;

/**
 * Simulates the film of a patient: converts solids to path lengths, path lengths to photons, and photons to grey
 * values. If the view's kind is `other`, the film is drawn by `negativeFilm`.
 */
export function takeFilm(
  patient: Patient,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Film {
  const prng = seededPrng(patient.seed);
  const camera = makeCamera(patient.view, widthPx, heightPx);
  const film = sheet(widthPx, heightPx);
  if (patient.view.kind === "other") {
    const display = negativeFilm(prng.fork("other"), { widthPx, heightPx, processing: patient.processing });
    const other = { display, pitchMm: camera.pitchMm, heads: [], implants: [], emptySockets: [] };
    return carryFilm(prng.fork("carrier"), other, patient.carrier);
  }
  const heads = bones(film, patient, camera);
  const step = Math.max(1, Math.round(2.8 * camera.scale));
  const flesh = softTissue(prng.fork("flesh"), patient, camera, step);
  const gas = bowel(prng.fork("gas"), patient, camera, Math.max(1, step >> 1));
  addEnlarged(film, flesh, FLESH);
  addEnlarged(film, gas, FLESH * 0.8);
  discard(flesh, gas);
  calcifications(prng.fork("chalk"), film, { camera, patient });
  const joints = projectedHips(patient, camera);
  metal(prng.fork("metal"), patient, camera, film, joints);
  const { pitchMm } = camera;
  dressBefore(prng.fork("dressing"), film, patient, pitchMm);
  expose(prng.fork("noise"), film, patient.processing, { pitchMm });
  processFilm(film, patient.processing, { pitchMm });
  dressAfter(prng.fork("letters"), film, patient, {
    pitchMm,
    joints: joints.map(({ hip, at }) => at(0, 0, 0, hip.headRadiusMm) as [number, number, number]),
  });
  const place = ({ hip, at }: ProjectedHip): Joint => {
    const [x, y, radiusPx] = at(0, 0, 0, hip.headRadiusMm);
    return { centerPx: [x, y], radiusPx };
  };
  const implants = joints.filter(({ hip: { kind } }) => kind !== "natural" && kind !== "girdlestone").map(
    place,
  );
  const emptySockets = joints.filter(({ hip: { kind } }) => kind === "girdlestone").map(place);
  const finished = { display: film, pitchMm, heads, implants, emptySockets };
  return carryFilm(prng.fork("carrier"), finished, patient.carrier);
}

/** Adds the attenuation of all bones to `film`; returns the true outlines of the natural heads on it. */
function bones(film: Sheet, patient: Patient, camera: Camera): HeadTruth[] {
  const { widthPx, heightPx } = camera;
  const prng = seededPrng(patient.seed).fork("bones");
  // Path lengths in mm: `whole` through all bone, `axial` through the marrow space of pelvis and spine, `spongy` through
  // that of the femora.
  const whole = sheet(widthPx, heightPx), axial = sheet(widthPx, heightPx), spongy = sheet(widthPx, heightPx);
  const cortex = patient.corticalScale, s = patient.pelvisScale, subjects = patient.bones;
  const { sacrum, cups, ...hipBones } = pelvis(
    subjects,
    patient.pelvisShape,
    pelvicCortex(prng.fork("cortex"), patient),
  );
  const bend = wobble(prng.fork("spine"), 1.5), d = new Float64Array(3);
  const straight = placement((p) => {
    bend(p[0], p[1], p[2], d);
    for (let i = 0; i < 3; i++) p[i] = (p[i] + d[i]) * s;
  });
  const axialBone = { camera, whole, spongy: axial, side: "left", cortex } as const;
  addBone(sacrum, straight, axialBone);
  addBone(templateBone("tail", patient.tailTemplate)[0], straight, axialBone);
  const [vertebra] = templateBone("vertebra", patient.vertebraTemplate), lean = prng.normal() * 0.04;
  for (let level = 0; level < 9; level++) {
    const y = -131 - 35.5 * level, q = camera.project(0, y * s, 10);
    if (q[1] < -60 * camera.scale) break;
    const spin = lean * level;
    const lifted = placement((p) => {
      p[0] += spin * 30, p[1] += y + spin * p[0], p[2] += 18 - 3 * level;
      straight(p);
    });
    addBone(vertebra, lifted, axialBone);
  }
  const truths: HeadTruth[] = [], marrow: { hip: Hip; place: Placement }[] = [];
  for (const hip of patient.hips) {
    addBone(hipBones[hip.side], placeHipBone(prng, patient, { hip, cup: cups[hip.side] }), axialBone);
    const place = placeFemur(patient, hip);
    const pieces = templateBone("femur", hip.femurTemplate, {
      broken: hip.kind === "natural" ? hip.fracture : "neck",
      subjects,
    });
    pieces.forEach((mesh, i) => {
      if (i === 0 && pieces.length > 1 && hip.kind !== "natural" && hip.kind !== "resurfacing") return;
      const moved = i === 1 ? placeFemur(patient, hip, hip.kind === "natural") : place;
      addBone(mesh, moved, { camera, whole, spongy, side: hip.side, cortex });
    });
    marrow.push({ hip, place });
    if (hip.kind === "natural") {
      const truth = headTruth(hip, { radii: templateHead(hip.femurTemplate, subjects), place, camera });
      if (truth.visible > 0) truths.push(truth);
    }
  }
  const density = SPONGY * patient.boneDensity,
    femoral = density * (0.45 + 0.35 * prng()),
    texture = 0.06 + 0.14 * prng(),
    shift = prng.integer(400),
    dense = 0.35 + 0.6 * prng(),
    bundles = 0.4 + 0.7 * prng();
  for (let i = 0; i < film.values.length; i++) {
    film.values[i] += CORTEX * Math.max(0, whole.values[i] - axial.values[i] - spongy.values[i]);
  }
  addSpongy(film, axial, { camera, density: density * (0.42 + 0.36 * prng()), amount: texture, shift });
  addSpongy(film, spongy, { camera, density: femoral, amount: texture * 0.8, shift: shift + 91 });
  for (const { hip, place } of marrow) {
    trabecularGroups(film, spongy, {
      ...{ patient, hip, place, camera, dense, bundles, amount: texture, shift },
      density: femoral,
    });
    if (hip.kind === "natural") addLesion(film, hip, { camera, place, spongyDensity: femoral * (1 + dense) });
  }
  discard(whole, axial, spongy);
  return truths;
}

function trabecularGroups(
  film: Sheet,
  spongy: Sheet,
  { patient, hip, place, camera, density, dense, bundles, amount, shift }: {
    patient: Patient;
    dense: number;
    bundles: number;
    hip: Hip;
    place: Placement;
    camera: Camera;
    density: number;
    amount: number;
    shift: number;
  },
): void {
  const p = Float64Array.of(0, 0, 0), side = hip.side === "left" ? 1 : -1, pose = femurTurn(hip);
  place(p);
  const q = camera.project(p[0], p[1], p[2]);
  const shaft = rotate(pose, 0, 1, 0), a = camera.direction(side * shaft[0], shaft[1], shaft[2]);
  const size = Math.hypot(a[0], a[1]) + 1e-6, axis = [a[0] / size, a[1] / size] as const;
  const outer = side * (camera.flip ? -1 : 1);
  addGroups(film, spongy, {
    camera,
    center: [q[0], q[1]],
    axis,
    lateral: [outer * axis[1], -outer * axis[0]],
    radiusMm: hip.headRadiusMm * Math.min(1.1, patient.stature + 0.05),
    ...{ density, dense, bundles, amount, shift },
  });
}

function projectedHips(patient: Patient, camera: Camera): ProjectedHip[] {
  return patient.hips.map((hip) => {
    const place = placeFemur(patient, hip), p = new Float64Array(3);
    return {
      hip,
      at: (x, y, z, r) => {
        p[0] = x, p[1] = y, p[2] = z;
        place(p);
        const q = camera.project(p[0], p[1], p[2]);
        return [q[0], q[1], r * camera.scaleAt(q[2])];
      },
    };
  });
}

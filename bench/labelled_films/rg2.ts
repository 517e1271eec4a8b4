import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import type { FilmHeads, Radiograph } from "../../src/types.ts";
import { SHARED } from "./shared_films.ts";

/** The head of RG2, measured by hand: centre and radius, pixels. */
const CENTER = [901, 870] as const, RADIUS = 139;

/** Result for RG2 in one file format. */
export interface Rg2Answer {
  readonly file: string;
  /** Distance of the head from the known centre, pixels; null if no head was found. */
  readonly offPx: number | null;
  /** Radius of the head divided by the known radius; null if no head was found. */
  readonly radiusShare: number | null;
  /**
   * Whether one head is reported, its centre is within 12 pixels of the known one, and its radius within 8 % of the
   * known one.
   */
  readonly right: boolean;
  readonly quality: readonly string[];
}

/** Segments the hip RG2 in every file format available. */
export async function measureRg2(segment: (film: Radiograph) => Promise<FilmHeads>): Promise<Rg2Answer[]> {
  const files = ["hip/RG2_hip.dcm", "hip/RG2_hip_16bit.png"];
  for (const folder of ["generated", "pylibjpeg-data-MIT", "pydicom-data-MIT", "pydicom-MIT"]) {
    for (const { name } of Deno.readDirSync(new URL(`dicom/${folder}`, SHARED))) {
      if (name.startsWith("RG2_")) files.push(`dicom/${folder}/${name}`);
    }
  }
  const answers: Rg2Answer[] = [];
  for (const file of files) {
    const film = await parseRadiograph(await Deno.readFile(new URL(file, SHARED)), { name: file });
    const { heads, quality } = await segment(film);
    const offs = heads.map(({ centerPx: [x, y] }) => Math.hypot(x - CENTER[0], y - CENTER[1]));
    const best = offs.indexOf(Math.min(...offs)), head = heads[best];
    const radiusShare = head ? head.radiusPx / RADIUS : null, offPx = head ? offs[best] : null;
    const right = heads.length === 1 && offPx! <= 12 && Math.abs(radiusShare! - 1) <= 0.08;
    answers.push({ file, offPx, radiusShare, right, quality: [...quality, ...(head?.quality ?? [])] });
  }
  return answers;
}

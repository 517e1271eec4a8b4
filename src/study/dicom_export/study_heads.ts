import type { ExportedHead } from "../../archive/film_object.ts";
import { readTable } from "../../files/read_table.ts";
import { numbersOf, textsOf } from "../../files/table.ts";
import { InputError } from "../../input_error.ts";
import type { Side } from "../../types.ts";

/** A head's mask as stored in `masks.json`: size of the film, bounding box, and lengths of runs of zeros and ones. */
interface KeptMask {
  readonly filmPx: readonly [number, number];
  readonly boxPx: readonly [x: number, y: number, width: number, height: number];
  readonly runs: readonly number[];
}

/** One head of the study's tables, with its mask. */
export interface StudyHead extends Omit<ExportedHead, "mask"> {
  readonly film: string;
  readonly patient: string;
  readonly kept: KeptMask;
}

/**
 * Reads the heads of a study that have a mask, in the order of `heads.parquet`.
 *
 * @throws {InputError} if the study has no `masks.json`.
 */
export async function studyHeads(folder: string): Promise<StudyHead[]> {
  const [heads, deviations] = await Promise.all(
    ["heads", "deviations"].map((name) => readTable(`${folder}/${name}.parquet`)),
  );
  const masks = await readMasks(folder);
  const column = (name: string) => numbersOf(name in heads ? heads : deviations, name);
  const places = {
    x: column("center_x_px"),
    y: column("center_y_px"),
    px: column("radius_px"),
    mm: column("head_radius_mm"),
  };
  const values = {
    distance: column("distance"),
    percentile: column("percentile"),
    residual: column("residual"),
  };
  const low = column("percentile_low"), high = column("percentile_high");
  const domain = textsOf(deviations, "out_of_domain");
  const film = textsOf(heads, "film"), patient = textsOf(heads, "patient");
  const side = textsOf(heads, "side"), quality = textsOf(heads, "quality");
  return textsOf(heads, "head_id").flatMap((headId, i): StudyHead[] => {
    const kept = Object.hasOwn(masks, headId) ? masks[headId] : null;
    if (!kept) return [];
    return [{
      headId,
      film: film[i],
      patient: patient[i],
      side: side[i] as Side,
      centerPx: [places.x[i], places.y[i]],
      radiusPx: places.px[i],
      radiusMm: places.mm[i],
      distance: values.distance[i],
      percentile: values.percentile[i],
      percentileInterval: [low[i], high[i]],
      residual: values.residual[i],
      outOfDomain: domain[i] === "true" || domain[i] === "1",
      quality: quality[i].split(" ").filter((code) => code !== ""),
      kept,
    }];
  });
}

async function readMasks(folder: string): Promise<Record<string, KeptMask>> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/masks.json`)).heads;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      `Cannot export ${folder}: it has no masks.json; run the study again`,
    );
  }
}

import type { Side } from "../../src/types.ts";

/** One real film with the circles around its heads, in pixels. */
export interface RealFilm {
  /** Name of its file. */
  readonly name: string;
  /** Kind of film, such as `pelvis_both_heads` or `hip_fracture`; kinds that start with `pelvis` show both sides. */
  readonly group: string;
  /** Networks may be trained on films marked `train`, never on those marked `measure`. */
  readonly use: "train" | "measure";
  readonly widthPx: number;
  readonly heightPx: number;
  readonly heads: readonly {
    readonly centerPx: readonly [number, number];
    readonly radiusPx: number;
    /** The patient's side on a pelvis seen from the front; unknown for a single hip. */
    readonly side: Side;
  }[];
}

/** The films of a folder with a `films.json`, in the order of their names. */
export async function readRealFilms(folder: string): Promise<RealFilm[]> {
  const { films } = JSON.parse(await Deno.readTextFile(`${folder}/films.json`)) as {
    films: Record<string, Omit<RealFilm, "name">>;
  };
  return Object.entries(films).sort(([a], [b]) => a < b ? -1 : 1).map(([name, film]) => ({
    ...film,
    name,
    heads: film.heads.map((head) => ({
      ...head,
      side: !film.group.startsWith("pelvis")
        ? "unknown"
        : head.centerPx[0] > film.widthPx / 2
        ? "left"
        : "right",
    })),
  }));
}

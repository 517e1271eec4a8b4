import type { Side } from "../../src/types.ts";

/** One real film and the circles round its heads, in its own pixels. */
export interface RealFilm {
  /** Name of its file. */
  readonly name: string;
  /** Such as `pelvis_both_heads` or `hip_fracture`. */
  readonly group: string;
  /** Networks may learn from `train`, never from `measure`. */
  readonly use: "train" | "measure";
  readonly widthPx: number;
  readonly heightPx: number;
  readonly heads: readonly {
    readonly centerPx: readonly [number, number];
    readonly radiusPx: number;
    /** The patient's side on a pelvis seen from the front; of a single hip nothing tells. */
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

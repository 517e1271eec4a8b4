/** Figures made of images in the study folder: reconstructions and the progression. */
import { type GridPicture, pictureGrid } from "../../figures/picture_grid.ts";
import { dataUrl } from "../read/data_url.ts";
import type { OpenStudy } from "../read/read_study.ts";
import type { StudyFigure } from "./study_figure.ts";

/**
 * For each grade, the held-out head with the median distance: crop, reconstruction, residual. Null if the study folder
 * lacks one of the images, or no graded head is held out.
 */
export async function reconstructionFigure({ heads, path }: OpenStudy): Promise<StudyFigure | null> {
  const typical = [0, 1, 2, 3, 4].flatMap((grade) => {
    const group = heads.filter((head) => head.grade === grade && head.split === "held-out");
    return group.sort((a, b) => a.distance - b.distance).slice(group.length >> 1, (group.length >> 1) + 1);
  });
  const folders = ["crops", "reconstructions", "residuals"];
  const pictures: GridPicture[] = [];
  for (const [column, head] of typical.entries()) {
    for (const [row, folder] of folders.entries()) {
      const src = await dataUrl(`${path}/${head.crop.replace("crops", folder)}`);
      if (src === null) return null;
      pictures.push({ src, column, row });
    }
  }
  if (pictures.length === 0) return null;
  const labels = {
    columns: typical.map((head) => `grade ${head.grade}`),
    rows: ["crop", "reconstruction", "residual"],
  };
  return {
    name: "reconstructions",
    caption:
      "The held-out head with the median distance of each grade: crop, reconstruction from its latent vector, and residual z from -5 " +
      "(dark) to 5 (bright) on one scale for the whole cohort.",
    alt: "Crop, reconstruction and residual of one head of each grade",
    rows: typical.map(({ headId, grade, distance, residual }) => ({ headId, grade, distance, residual })),
    draw: (options) => pictureGrid(pictures, { ...options, ...labels }),
  };
}

/**
 * Frames of the progression, evenly spaced: five in a figure of one column (narrower than 400 px), nine in a wider one.
 * Null if the study has fewer than two frames or lacks an image of those drawn.
 */
export async function progressionFigure({ frames, path }: OpenStudy): Promise<StudyFigure | null> {
  if (frames.length < 2) return null;
  const pick = (count: number) =>
    Array.from(
      { length: Math.min(count, frames.length) },
      (_f, k) => frames[Math.round(k * (frames.length - 1) / (Math.min(count, frames.length) - 1))],
    );
  const sources = new Map<string, string>();
  for (const { image } of pick(5).concat(pick(9))) {
    const src = await dataUrl(`${path}/${image}`);
    if (src === null) return null;
    sources.set(image, src);
  }
  const picturesOf = (count: number) =>
    pick(count).map(({ image, grade, distance, offManifold }, column): GridPicture => ({
      ...{ src: sources.get(image)!, column, row: 0, faint: offManifold },
      lines: [`at ${grade.toFixed(1)}`, `d ${distance.toFixed(1)}`],
    }));
  return {
    name: "progression",
    caption:
      "Interpolation between the median latent vectors of the grades, decoded. Below each frame: position between the grades and " +
      "distance d from healthy. Faint frames are farther from every head of the cohort than heads usually are from one another. " +
      "The strip does not show the course of any patient.",
    alt: `Strip of decoded heads from grade ${frames[0].grade} to grade ${
      frames.at(-1)!.grade
    }; distance from healthy goes from ${frames[0].distance.toFixed(1)} to ${
      frames.at(-1)!.distance.toFixed(1)
    }`,
    rows: frames.map(({ t, grade, distance, percentile, nearestRealDistance, offManifold }) => ({
      ...{ t, grade, distance, percentile, nearestRealDistance, offManifold },
    })),
    draw: (options) => pictureGrid(picturesOf((options.width ?? 640) < 400 ? 5 : 9), options),
  };
}

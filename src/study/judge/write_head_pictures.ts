import { freshFolder, writePicture } from "./write_picture.ts";

/** Crop, reconstruction and residual of one head, [sizePx, sizePx] bytes each. */
export interface HeadPictures {
  readonly headId: string;
  readonly crop: Uint8Array;
  readonly reconstruction: Uint8Array;
  readonly residualPicture: Uint8Array;
  readonly sizePx: number;
}

/** Creates empty folders for the pictures of a study's heads; pictures of an earlier run are removed. */
export async function freshHeadPictures(folder: string): Promise<void> {
  for (const kind of ["crops", "reconstructions", "residuals"]) await freshFolder(`${folder}/${kind}`);
}

/** Writes the three pictures of one head as PNGs below `folder`. */
export async function writeExplainedHead(
  folder: string,
  { headId, crop, reconstruction, residualPicture, sizePx }: HeadPictures,
): Promise<void> {
  await writePicture(`${folder}/crops/${headId}.png`, crop, { sizePx });
  await writePicture(`${folder}/reconstructions/${headId}.png`, reconstruction, { sizePx });
  await writePicture(`${folder}/residuals/${headId}.png`, residualPicture, { sizePx });
}

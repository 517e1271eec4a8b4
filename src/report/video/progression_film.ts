import gifenc from "gifenc";
import sharp from "sharp";
import { readPng } from "../../radiograph/raster/read_png.ts";
import { type FilmFrame, filmFrames } from "./film_frames.ts";
import { muxWebm } from "./mux_webm.ts";
import type { OpenStudy } from "../read/read_study.ts";
import { vp8OfWebp } from "./vp8_of_webp.ts";

/**
 * Quality of lossy WebP, 1 to 100. At 90 it looks like the original; a video of 41 frames has about half a megabyte.
 */
const QUALITY = 90;

/**
 * The progression as an animated GIF and as a WebM (VP8) video that players can pause and seek. Every frame of the WebM
 * is encoded as a lossy WebP image, which is a VP8 key frame in a container, so no video encoder is needed. The same
 * study gives the same bytes.
 *
 * @throws {InputError} if the study has no progression.
 */
export async function progressionFilm(
  study: OpenStudy,
): Promise<{ gif: Uint8Array<ArrayBuffer>; webm: Uint8Array<ArrayBuffer> }> {
  const frames = await filmFrames(study);
  return { gif: animatedGif(frames), webm: await webmFilm(frames) };
}

/** Frames as an animated GIF with 256 grey levels. */
export function animatedGif(frames: readonly FilmFrame[]): Uint8Array<ArrayBuffer> {
  const gif = gifenc.GIFEncoder();
  const palette = Array.from({ length: 256 }, (_grey, value) => [value, value, value]);
  for (const [i, { png, durationMs }] of frames.entries()) {
    const { columns, rows, samples, samplesPerPixel } = readPng(png);
    const grey = Uint8Array.from({ length: columns * rows }, (_pixel, k) => samples[k * samplesPerPixel]);
    gif.writeFrame(
      grey,
      columns,
      rows,
      i === 0 ? { palette, delay: durationMs, repeat: 0 } : { delay: durationMs },
    );
  }
  gif.finish();
  return Uint8Array.from(gif.bytes());
}

/** Frames as a WebM in which every frame is a key frame. */
export async function webmFilm(frames: readonly FilmFrame[]): Promise<Uint8Array<ArrayBuffer>> {
  const { columns, rows } = readPng(frames[0].png);
  const keyFrames = [];
  for (const { png, durationMs } of frames) {
    const webp = await sharp(png).flatten({ background: "black" }).webp({ quality: QUALITY, effort: 6 })
      .toBuffer();
    keyFrames.push({ data: vp8OfWebp(webp), durationMs });
  }
  return muxWebm(keyFrames, { widthPx: columns, heightPx: rows });
}

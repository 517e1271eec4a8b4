import type { Prng } from "../../array/seeded_prng.ts";
import type { HeadTruth } from "./head_truth.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Carrier } from "../patient/patient.ts";
import { areaScale, type PictureMap, pictureMap, through } from "./picture_map.ts";
import type { Film, Joint } from "./film.ts";
import { degradePicture } from "./degrade_picture.ts";

/**
 * Applies what happens to a film on its way to the reader (see `Carrier`): it may be rotated, cropped, scanned,
 * photographed, reduced and enlarged again, or compressed; its width and height in pixels stay the same. The true
 * outlines are transformed in the same way, and heads that are no longer on the film are omitted. `pitchMm` of the
 * result is the pixel size at its centre. The image of `film` must not be used afterwards.
 */
export function carryFilm(prng: Prng, film: Film, carrier: Carrier): Film {
  const map = pictureMap(carrier, film.display);
  const display = map ? resampled(film.display, map, carrier.beyond) : film.display;
  degradePicture(prng, display, carrier);
  if (!map) return { ...film, display };
  const joint = ({ centerPx: [x, y], radiusPx }: Joint): Joint => ({
    centerPx: through(map.toPicture, x, y),
    radiusPx: radiusPx * Math.sqrt(areaScale(map.toPicture, x, y)),
  });
  return {
    display,
    pitchMm: film.pitchMm / Math.sqrt(areaScale(map.toPicture, display.widthPx / 2, display.heightPx / 2)),
    heads: film.heads.map((head) => carryHead(head, map)).filter(({ visible }) => visible > 0),
    implants: film.implants.map(joint),
    emptySockets: film.emptySockets.map(joint),
  };
}

/** Resamples the image of a film through a map, with bilinear interpolation. */
function resampled(film: Sheet, { widthPx, heightPx, toFilm: m }: PictureMap, beyond: number): Sheet {
  const out = sheet(widthPx, heightPx), { widthPx: w, heightPx: h, values } = film;
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i++) {
      const k = 1 / (m[6] * x + m[7] * y + m[8]);
      const u = (m[0] * x + m[1] * y + m[2]) * k, v = (m[3] * x + m[4] * y + m[5]) * k;
      if (u < -0.5 || v < -0.5 || u > w - 0.5 || v > h - 0.5) {
        out.values[i] = beyond;
        continue;
      }
      const s = u < 0 ? 0 : u > w - 1.001 ? w - 1.001 : u, t = v < 0 ? 0 : v > h - 1.001 ? h - 1.001 : v;
      const a = s | 0, b = t | 0, fx = s - a, fy = t - b, at = b * w + a;
      const top = values[at] + (values[at + 1] - values[at]) * fx;
      const low = values[at + w] + (values[at + w + 1] - values[at + w]) * fx;
      out.values[i] = top + (low - top) * fy;
    }
  }
  discard(film);
  return out;
}

/** A head and its outline, transformed by a map. */
function carryHead(head: HeadTruth, map: PictureMap): HeadTruth {
  const { boxPx: from, mask: before, centerPx: [cx, cy] } = head;
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([i, j]) =>
    through(map.toPicture, from.x + i * from.width - 0.5, from.y + j * from.height - 0.5)
  );
  const x0 = Math.floor(Math.min(...corners.map(([x]) => x))),
    x1 = Math.ceil(Math.max(...corners.map(([x]) => x)));
  const y0 = Math.floor(Math.min(...corners.map(([, y]) => y))),
    y1 = Math.ceil(Math.max(...corners.map(([, y]) => y)));
  const x = Math.max(0, x0), y = Math.max(0, y0);
  const width = Math.max(0, Math.min(map.widthPx, x1 + 1) - x),
    height = Math.max(0, Math.min(map.heightPx, y1 + 1) - y);
  const mask = new Uint8Array(width * height);
  let seen = 0, all = 0;
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) {
      const [u, v] = through(map.toFilm, px, py), i = Math.round(u) - from.x, j = Math.round(v) - from.y;
      if (i < 0 || j < 0 || i >= from.width || j >= from.height || !before[j * from.width + i]) continue;
      all++;
      if (px >= x && py >= y && px < x + width && py < y + height) {
        seen++;
        mask[(py - y) * width + px - x] = 1;
      }
    }
  }
  const visible = all > 0 ? head.visible * seen / all : 0, complete = head.complete && seen === all;
  return {
    ...head,
    centerPx: through(map.toPicture, cx, cy),
    radiusPx: head.radiusPx * Math.sqrt(areaScale(map.toPicture, cx, cy)),
    boxPx: { x, y, width: visible > 0 ? width : 0, height: visible > 0 ? height : 0 },
    mask: visible > 0 ? mask : new Uint8Array(0),
    complete,
    visible,
    labels: complete || head.labels.includes("border") ? head.labels : ["border", ...head.labels],
  };
}

import type { Radiograph } from "../../mod.ts";
import { InputError } from "../../input_error.ts";
import { withFilms } from "../call/film_paths.ts";
import { eachFile } from "../call/each_file.ts";
import { plainName } from "../call/plain_text.ts";
import { SHARED } from "../call/shared_options.ts";
import { UsageError, type Verb } from "../call/verb.ts";

export const segment: Verb = {
  name: "segment",
  args: "PATH...",
  count: [1, Infinity],
  summary: "Finds and outlines the femoral heads on films.",
  options: {
    models: SHARED.models,
    device: SHARED.device,
    at: {
      kind: "text",
      value: "X,Y",
      help:
        "outline the head at this pixel of the stored image, even if the search would miss it (one film only)",
    },
    out: {
      kind: "text",
      value: "DIR",
      help:
        "write NAME.mask.png and NAME.overlay.png of every film to DIR; if films have the same name, the folder's name is put in front",
    },
  },
  example: [
    "caput segment film.dcm",
    "caput segment films/*.dcm --out outlines --json",
    "caput segment film.dcm --at 812,1040",
  ],
  run: (call) =>
    withFilms(call, async (call) => {
      const caput = await import("../../mod.ts");
      const { models: folder, device, out, at } = call.options as Record<string, string | undefined>;
      const point = at === undefined ? null : readPoint(at);
      if (point && call.args.length > 1) {
        throw new UsageError("--at works with one film only", `give one film, not ${call.args.length}`);
      }
      const models = await caput.loadUnet(folder === undefined ? undefined : call.resolve(folder), {
        device: device as "auto" | undefined,
      });
      call.note(`Device: ${models.unet.reason}.`);
      const target = out === undefined ? null : call.resolve(out);
      if (target) await Deno.mkdir(target, { recursive: true });
      return await eachFile(call, {
        label: "films",
        unusable: "without a usable head",
        read: (path) => caput.readRadiograph(path),
        work: async (film, typed, name) => {
          const { unet, plan: { segmentation: plan } } = models;
          const found = point
            ? await caput.outlineAt(film, onFilm(point, film), { unet, plan })
            : await caput.segmentHeads(film, unet, plan);
          if (target) {
            const stem = `${target}/${name}`, fileName = typed.replace(/^.*[\\/]/, "");
            if (name !== fileName) {
              call.note(
                `Other films are named ${plainName(fileName)} too: this one is written as ${
                  plainName(name)
                }.*.png`,
              );
            }
            await caput.writeAtomic(`${stem}.mask.png`, caput.drawMask(film, found.heads));
            await caput.writeAtomic(`${stem}.overlay.png`, caput.drawOverlay(film, found.heads));
          }
          const lines = found.heads.map(({ side, centerPx: [x, y], radiusPx, confidence, quality }) =>
            `${side} head at (${x.toFixed(0)}, ${y.toFixed(0)}), radius ${
              radiusPx.toFixed(1)
            } px, confidence ${confidence.toFixed(2)} ${quality.join(" ")}`.trimEnd()
          );
          const usable = found.heads.length > 0;
          if (!usable) lines.push(nothingFound(point));
          return {
            record: caput.segmentJson(found),
            // At a point there is no search, so the reasons for which a search can find no head do not apply.
            lines: [
              ...lines,
              ...caput.qualityWords(found.quality.filter((code) => !point || code !== "no-head")),
            ],
            usable,
          };
        },
      });
    }),
};

/** Text on why there is no head and what to try, because the quality code `no-head` states neither. */
function nothingFound(point: readonly [number, number] | null): string {
  return point
    ? `no head can be outlined at ${point}: give a point near the middle of a head`
    : "no head was found: --at X,Y outlines the head at a point";
}

/**
 * Converts a point of the stored image to the film as it was read, with square pixels.
 *
 * @throws {InputError} if the point is outside the stored image.
 */
function onFilm([x, y]: readonly [number, number], film: Radiograph): [number, number] {
  const { widthPx, heightPx, pixelAspect = 1 } = film, rows = Math.round(heightPx / pixelAspect);
  if (x > widthPx - 1 || y > rows - 1) {
    throw new InputError(
      `The point must be on the film, which is ${widthPx} x ${rows} pixels (got ${x},${y})`,
      {
        fix: "give x and y in pixels of the stored image, from its top left",
      },
    );
  }
  return [x, (y + 0.5) * pixelAspect - 0.5];
}

/** Parses two numbers separated by a comma. */
function readPoint(text: string): [number, number] {
  const match = /^\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  if (!match) {
    throw new UsageError(
      `--at must be two numbers from 0, X,Y (got ${JSON.stringify(text)})`,
      "for example --at 812,1040",
    );
  }
  return [Number(match[1]), Number(match[2])];
}

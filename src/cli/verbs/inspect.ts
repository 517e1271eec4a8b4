import { withFilms } from "../call/film_paths.ts";
import { eachFile } from "../call/each_file.ts";
import type { Verb } from "../call/verb.ts";
import { InputError } from "../../input_error.ts";

export const inspect: Verb = {
  name: "inspect",
  args: "PATH...",
  count: [1, Infinity],
  summary:
    "Shows the header of a film and the hash of its stored values, also for colour and multi-frame images.",
  options: {},
  example: ["caput inspect film.dcm", "caput inspect films/*.png --json"],
  run: (call) =>
    withFilms(call, async (call) => {
      const { inspectFile } = await import("../../mod.ts");
      return await eachFile(call, {
        label: "films",
        read: (path) => inspectFile(path),
        work: ({ file: _, ...record }) => {
          if ("error" in record) throw Object.assign(new InputError(record.error.message), record.error);
          const lines = Object.entries(record).map(([key, value]) =>
            `${key}: ${value === null ? "-" : value}`
          );
          return { record, lines, usable: true };
        },
      });
    }),
};

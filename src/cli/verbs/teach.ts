import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import type { Call, Verb } from "../call/verb.ts";

/**
 * Writes a study's teaching material and its page again. Used by `start` and `teach`.
 *
 * @returns `files`: paths within the study; `frames`: number of images; `missed`: number of films on which the head was
 * not found; `falls`: whether the distance falls at any step.
 */
export async function teachCall(
  studyDir: string,
  call: Call,
): Promise<{ files: string[]; frames: number; missed: number; falls: boolean }> {
  const { models, device, seed, frames } = call.options;
  const caput = await import("../../mod.ts");
  let bar: ReturnType<typeof call.progress> | undefined;
  const record = await caput.teachStudy(studyDir, {
    models: models === undefined ? undefined : call.resolve(String(models)),
    device: device as "auto" | undefined,
    seed: seed === undefined ? undefined : Number(seed),
    frames: frames === undefined ? undefined : Number(frames),
    signal: call.signal,
    onFrame: (done, total) => (bar ??= call.progress("pictures", total)).update(done),
  });
  bar?.end();
  const writing = call.progress("files", 2);
  const files = await caput.writeTeachingFilm(studyDir, record);
  writing.update(1, "page");
  const { buildPage } = await import("../../../dashboards/build_page.ts");
  await caput.refreshPage(studyDir, buildPage);
  writing.update(2);
  writing.end();
  const falls = record.frames.some(({ distance }, i) => i > 0 && distance < record.frames[i - 1].distance);
  return { files, frames: record.frames.length, missed: record.missed.length, falls };
}

export const teach: Verb = {
  name: "teach",
  args: "STUDY",
  count: [1, 1],
  summary:
    "Renders and scores one simulated hip through all grades: page with slider, video, image strip, handout.",
  details:
    "One simulated patient is rendered from grade 0 to grade 4 with the same bones, exposure and pose: only lesion, crescent sign " +
    "and collapse progress. Each film is scored by the whole pipeline against the study's reference. Writes teaching/ to the study.",
  options: {
    models: SHARED.models,
    device: SHARED.device,
    frames: { kind: "whole", range: [5, 81], help: "images from grade 0 to grade 4 (default 17)" },
    seed: SHARED.seed,
  },
  example: ["caput teach studies/paper", "caput teach studies/paper --seed 3 --frames 33"],
  async run(call) {
    const { files, frames, missed, falls } = await teachCall(call.resolve(call.args[0]), call);
    if (call.json) call.printJson({ files, frames, missed });
    else {
      call.print(
        `${frames} images of one simulated hip${missed ? `; in ${missed} more the head was not found` : ""}`,
      );
      files.forEach((file) => call.print(file));
    }
    if (falls) {
      call.note(
        "The distance does not rise at every step: it states how unusual this one head is, not how severe its disease is.",
      );
    }
    call.note(`Written to ${call.resolve(call.args[0])}. The study's page now contains these images, too.`);
    return EXIT.done;
  },
};

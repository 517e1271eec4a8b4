import { archiveUrl } from "../call/archive_options.ts";
import { ask } from "../call/ask.ts";
import { withCredentials } from "../call/credentials.ts";
import { EXIT } from "../call/exit_code.ts";
import { UsageError, type Verb } from "../call/verb.ts";
import { send } from "./send.ts";

/** Paths of the files *.dcm in the subfolder `dicom` of a folder (as in a study) or, if it has none, in the folder itself. */
async function objectsIn(folder: string): Promise<string[]> {
  for (const place of [`${folder}/dicom`, folder]) {
    const names: string[] = [];
    try {
      for await (const { name, isFile } of Deno.readDir(place)) {
        if (isFile && name.endsWith(".dcm")) names.push(name);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    if (names.length > 0) return names.sort().map((name) => `${place}/${name}`);
  }
  throw new UsageError(
    "the folder contains no DICOM objects",
    "write them first: caput export STUDY --dicom FOLDER",
  );
}

/** `caput send` in the process with access to the archive. */
export const sendHere: Verb = {
  ...send,
  async run(call) {
    const { dicomWeb } = await import("../../mod.ts");
    const paths = await objectsIn(call.resolve(call.args[0])),
      url = archiveUrl(call.options.dicomweb as string);
    if (call.options.yes !== true) {
      const answer = ask(`Store ${paths.length} DICOM objects in ${url.host}? [y/N]`);
      if (answer === null) {
        throw new UsageError("caput send asks before it stores anything", "in a script, add --yes");
      }
      if (!/^y(es)?$/i.test(answer.trim())) {
        call.print("nothing was sent");
        return EXIT.done;
      }
    }
    const bar = call.progress("objects", paths.length);
    let sent = 0, failed = 0;
    await withCredentials(async (credentials) => {
      const archive = dicomWeb(url.href, {
        credentials,
        patience: {
          signal: call.signal,
          onRetry: (reason, ms) => call.note(`${reason}; trying again in ${Math.ceil(ms / 1000)} s`),
        },
      });
      for (const path of paths.slice(sent + failed)) {
        try {
          await archive.store(await Deno.readFile(path));
          sent++;
        } catch (error) {
          const { name, code, message, fix } = error as Error & { code?: string; fix?: string };
          // Only a refusal of this object lets the others be sent; any other error would affect them too.
          const affectsAll = name !== "ArchiveError" || code !== "refused" || /\((401|403)\)/.test(message);
          if (affectsAll) throw error;
          failed++;
          const file = path.replace(/^.*\//, "");
          if (call.json) call.printJson({ file, error: { code, message, fix } });
          else call.print(`${file}\n  failed: ${message}\n  ${fix}`);
        }
        bar.update(sent + failed);
      }
    }).finally(() => bar.end());
    if (call.json) call.printJson({ objects: paths.length, sent, failed });
    else call.print(`${sent} of ${paths.length} objects stored`);
    return failed > 0 ? EXIT.someFailed : EXIT.done;
  },
};

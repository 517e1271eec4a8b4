import { ARCHIVE_OPTION, archiveUrl } from "../call/archive_options.ts";
import { launchArchive } from "../call/launch_archive.ts";
import type { Verb } from "../call/verb.ts";

export const send: Verb = {
  name: "send",
  args: "FOLDER",
  count: [1, 1],
  summary: "Stores exported DICOM objects in an archive (STOW-RS); asks first.",
  details:
    "FOLDER is the folder that `caput export STUDY --dicom FOLDER` wrote, or a study that contains it as `dicom`. Sending the same objects " +
    "again changes nothing, so repeat a call that was interrupted. Credentials come from the same sources as for caput fetch.",
  options: {
    ...ARCHIVE_OPTION,
    yes: { kind: "flag", help: "do not ask, for scripts" },
  },
  example: ["caput send dicom --dicomweb https://archive.example/dicom-web"],
  async run(call) {
    archiveUrl(call.options.dicomweb as string | undefined);
    const folder = call.resolve(call.args[0]);
    await Deno.stat(folder); // report a missing folder before anything starts
    return await launchArchive(call, { verb: "send", reads: [folder], writes: null });
  },
};

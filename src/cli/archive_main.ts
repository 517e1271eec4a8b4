/**
 * Entry point of the process that `caput fetch` and `caput send` start; the only process with network access to a
 * DICOM archive.
 */
import { startProcess } from "./start_process.ts";
import { fetchHere } from "./verbs/fetch_here.ts";
import { sendHere } from "./verbs/send_here.ts";

await startProcess([fetchHere, sendHere], { kept: "finished work is kept" });

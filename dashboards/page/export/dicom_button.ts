import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import type { DicomJob } from "./dicom_job.ts";

/** A button that starts a DICOM export, or one line of text if the export is not available. */
export function dicomButton(job: DicomJob, words: string, start: () => void): HTMLElement {
  if (job.unavailable) return el("p", { class: "quiet small dicom-absent" }, job.unavailable);
  const control = button(words, start, { class: "plain dicom-save", disabled: job.busy });
  job.on(() => (control.disabled = job.busy));
  return control;
}

import type { DicomJob } from "../export/dicom_job.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";

/** Status line of a DICOM export: current film, progress bar, and a button to cancel the export or close the line. */
export function dicomStatus(job: DicomJob): HTMLElement {
  const words = el("span", {}), bar = el("progress", { max: 1, "aria-label": "DICOM export" });
  const close = button("Cancel", () => job.busy ? job.cancel() : job.dismiss());
  const line = el("div", { class: "dicom-status", hidden: true }, words, bar, close);
  const draw = () => {
    line.hidden = job.words === "";
    line.classList.toggle("warn", job.failed);
    words.textContent = job.words;
    bar.value = job.share;
    bar.hidden = !job.busy;
    close.textContent = job.busy ? "Cancel" : "Close";
  };
  job.on(draw);
  return line;
}

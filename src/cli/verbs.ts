import { compare } from "./compare.ts";
import { dashboard } from "./dashboard.ts";
import { exportStudy } from "./export.ts";
import { figures } from "./figures.ts";
import { inspect } from "./inspect.ts";
import { manifest } from "./manifest.ts";
import { packExport, packImport } from "./pack.ts";
import { phantom } from "./phantom.ts";
import { preflight } from "./preflight.ts";
import { project } from "./project.ts";
import { reliability } from "./reliability.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { score } from "./score.ts";
import { segment } from "./segment.ts";
import { start } from "./start.ts";
import { trainUnet } from "./train_unet.ts";
import { trainVae } from "./train_vae.ts";
import { verify } from "./verify.ts";
import type { Verb } from "./verb.ts";

/** Every verb, in the order a study goes. */
export const VERBS: readonly Verb[] = [
  start,
  inspect,
  preflight,
  manifest,
  segment,
  score,
  phantom,
  trainUnet,
  trainVae,
  run,
  compare,
  project,
  reliability,
  packExport,
  packImport,
  exportStudy,
  figures,
  report,
  dashboard,
  verify,
];

import { compare } from "./verbs/compare.ts";
import { dashboard } from "./verbs/dashboard.ts";
import { desk } from "./verbs/desk.ts";
import { exportStudy } from "./verbs/export.ts";
import { fetchVerb } from "./verbs/fetch.ts";
import { figures } from "./verbs/figures.ts";
import { inspect } from "./verbs/inspect.ts";
import { merge } from "./engine/merge.ts";
import { manifest } from "./verbs/manifest.ts";
import { packExport, packImport } from "./verbs/pack.ts";
import { phantom } from "./verbs/phantom.ts";
import { preflight } from "./verbs/preflight.ts";
import { project } from "./verbs/project.ts";
import { query } from "./verbs/query.ts";
import { reliability } from "./verbs/reliability.ts";
import { report } from "./verbs/report.ts";
import { run } from "./verbs/run.ts";
import { score } from "./verbs/score.ts";
import { segment } from "./verbs/segment.ts";
import { send } from "./verbs/send.ts";
import { shard } from "./engine/shard.ts";
import { site } from "./verbs/site.ts";
import { start } from "./verbs/start.ts";
import { teach } from "./verbs/teach.ts";
import { trainUnet } from "./verbs/train_unet.ts";
import { trainVae } from "./verbs/train_vae.ts";
import { verify } from "./verbs/verify.ts";
import type { Verb } from "./call/verb.ts";

/** All verbs, in the order of the help text. */
export const VERBS: readonly Verb[] = [
  start,
  inspect,
  preflight,
  fetchVerb,
  manifest,
  segment,
  score,
  phantom,
  trainUnet,
  trainVae,
  run,
  shard,
  merge,
  compare,
  project,
  query,
  reliability,
  packExport,
  packImport,
  exportStudy,
  send,
  figures,
  report,
  dashboard,
  site,
  desk,
  teach,
  verify,
];

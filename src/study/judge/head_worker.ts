import { serveJobs } from "../../workers/serve_jobs.ts";
import { type BatchStart, type HeadBatch, startBatches, type WorkedBatch } from "./work_batch.ts";

// Worker of `workOnHeads`: encodes the heads of a batch, computes their residuals and writes their pictures.
serveJobs<BatchStart, HeadBatch, WorkedBatch>(startBatches);

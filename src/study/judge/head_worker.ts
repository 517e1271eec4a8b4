import { serveJobs } from "../../workers/serve_jobs.ts";
import { type BatchStart, type HeadBatch, startBatches, type WorkedBatch } from "./work_batch.ts";

// Worker of `workOnHeads`: encodes the heads of a batch and computes their residuals.
serveJobs<BatchStart, HeadBatch, WorkedBatch>(startBatches);

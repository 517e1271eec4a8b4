import { serveJobs } from "../../workers/serve_jobs.ts";
import { type BatchStart, type HeadBatch, startBatches, type WorkedBatch } from "./work_batch.ts";

serveJobs<BatchStart, HeadBatch, WorkedBatch>(startBatches);

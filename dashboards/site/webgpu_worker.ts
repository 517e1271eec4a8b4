/**
 * The worker that scores on WebGPU. Its bundle is also loaded by the threads of onnxruntime, which handle no requests.
 */
import * as runtime from "onnxruntime-web/webgpu";
import { serveScoring } from "./scoring_worker.ts";

if (!self.name.startsWith("em-pthread")) serveScoring(runtime);

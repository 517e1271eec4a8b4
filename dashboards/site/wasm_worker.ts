/** The worker that scores on WebAssembly. Its bundle is also what the runtime's own threads run; they serve nothing. */
import * as runtime from "onnxruntime-web/wasm";
import { serveScoring } from "./scoring_worker.ts";

if (!self.name.startsWith("em-pthread")) serveScoring(runtime);

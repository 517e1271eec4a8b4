/** Entry point of the process that follows an engine; the only process that may start Slurm or GNU parallel. */
import { follow } from "./engine/follow.ts";
import { startProcess } from "./start_process.ts";

await startProcess([follow], { kept: "finished shards are kept" });

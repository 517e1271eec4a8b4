import { startProcess } from "./start_process.ts";
import { unneededPermissions } from "./unneeded_permissions.ts";
import { VERBS } from "./verbs.ts";

for (const name of unneededPermissions(Deno.args)) Deno.permissions.revokeSync({ name });
await startProcess(VERBS, { kept: "finished work is kept" });

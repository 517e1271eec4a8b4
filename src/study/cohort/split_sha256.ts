import { sha256 } from "../../files/sha256.ts";
import type { JudgedHead } from "./film_job.ts";

/** sha256 of the sorted `patient,split` lines, as stored in the plan (`splitSha256`). */
export function splitSha256(heads: readonly Pick<JudgedHead, "patient" | "split">[]): string {
  return sha256([...new Set(heads.map(({ patient, split }) => `${patient},${split}`))].sort().join("\n"));
}

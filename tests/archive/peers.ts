// Programs of other projects that read our output. Only tests use them; a warning names those that are not installed.
import { runPeer } from "./run_peer.ts";

/** Python with highdicom and pydicom: `CAPUT_PEER_PYTHON`, else python3. */
export const peerPython = Deno.env.get("CAPUT_PEER_PYTHON") ?? "python3";

/** Whether dicom3tools' dciodvfy, DCMTK's dsrdump, and highdicom are installed. */
export const hasDciodvfy = await runPeer("dciodvfy", ["-version"]) !== null;
export const hasDsrdump = await runPeer("dsrdump", ["--version"]) !== null;
export const hasHighdicom = (await runPeer(peerPython, ["-c", "import highdicom, pydicom"]))?.code === 0;

if (!hasDciodvfy) console.warn("skipped: dciodvfy is not installed (Debian: dicom3tools)");
if (!hasDsrdump) console.warn("skipped: dsrdump is not installed (Debian: dcmtk)");
if (!hasHighdicom) {
  console.warn(
    "skipped: no Python with pydicom and highdicom (PyPI); CAPUT_PEER_PYTHON names one that has them",
  );
}

/** Lines of dciodvfy that are errors. */
export async function conformanceErrors(path: string): Promise<string[]> {
  const { out, err } = (await runPeer("dciodvfy", [path]))!;
  return `${out}\n${err}`.split("\n").filter((line) => line.startsWith("Error"));
}

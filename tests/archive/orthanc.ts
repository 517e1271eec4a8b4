// Starts Orthanc with its DICOMweb plugin (Debian: orthanc, orthanc-dicomweb) on loopback.

const PLUGINS = [
  "/usr/share/orthanc/plugins/libOrthancDicomWeb.so",
  "/usr/lib/orthanc/libOrthancDicomWeb.so",
];

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);
const plugin = (await Promise.all(PLUGINS.map(exists))).map((there, i) => there ? PLUGINS[i] : null).find(
  Boolean,
);

async function programPath(): Promise<string | null> {
  for (const path of ["/usr/sbin/Orthanc", "/usr/bin/Orthanc"]) if (await exists(path)) return path;
  return null;
}

const program = await programPath();

/** Whether Orthanc is installed. */
export const hasOrthanc = program !== null && plugin !== undefined;
if (!hasOrthanc) console.warn("skipped: Orthanc is not installed (Debian: orthanc, orthanc-dicomweb)");

export const USER = "reader", PASSWORD = "not-a-secret-in-a-test";

/** A running archive. */
export interface Orthanc {
  /** Address of its DICOMweb service. */
  readonly url: string;
  /** Sends a GET request to a path of the archive, with the user's credentials. */
  get(path: string): Promise<Response>;
  close(): Promise<void>;
}

/** Starts Orthanc with an empty store, and waits until it responds. */
export async function startOrthanc(): Promise<Orthanc> {
  const folder = await Deno.makeTempDir({ prefix: "caput-orthanc-" });
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 }), port = free.addr.port;
  free.close();
  await Deno.writeTextFile(
    `${folder}/orthanc.json`,
    JSON.stringify({
      Name: "test",
      StorageDirectory: `${folder}/store`,
      IndexDirectory: `${folder}/store`,
      Plugins: [plugin],
      HttpPort: port,
      RemoteAccessAllowed: false,
      AuthenticationEnabled: true,
      RegisteredUsers: { [USER]: PASSWORD },
      DicomServerEnabled: false,
      DicomWeb: { Enable: true, Root: "/dicom-web/", EnableWado: false },
    }),
  );
  const child = new Deno.Command(program!, {
    args: [`${folder}/orthanc.json`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const authorization = `Basic ${btoa(`${USER}:${PASSWORD}`)}`;
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } });
  const close = async () => {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  };
  for (const end = performance.now() + 20_000; performance.now() < end;) {
    const answer = await get("/system").catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return { url: `http://127.0.0.1:${port}/dicom-web`, get, close };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await close();
  throw new Error("Orthanc did not start within 20 s");
}

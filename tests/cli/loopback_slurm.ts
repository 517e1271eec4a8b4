/** A running Slurm of two nodes on this machine. */
export interface LoopbackSlurm {
  /** Environment variables for its commands. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const PATHS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
const has = (program: string) => PATHS.some((path) => exists(`${path}/${program}`));

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Ports of this machine that are free at the moment. */
function freePorts(count: number): number[] {
  const held = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = held.map((listener) => (listener.addr as Deno.NetAddr).port);
  held.forEach((listener) => listener.close());
  return ports;
}

/**
 * Starts munged, slurmctld and two slurmd from Debian's packages below `folder`, on loopback. Returns null, with a
 * message, if they are not installed or cannot be started.
 */
export async function startSlurm(folder: string): Promise<LoopbackSlurm | null> {
  const missing = ["munged", "slurmctld", "slurmd", "sbatch", "squeue"].filter((program) => !has(program));
  if (missing.length > 0 || Deno.uid() !== 0) {
    const why = missing.length > 0 ? `${missing.join(", ")} (packages slurmctld, slurmd, munge)` : "root";
    console.log(`skipped: Slurm on loopback needs ${why}`);
    return null;
  }
  for (const name of ["state", "run", "log"]) await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  await Deno.writeFile(`${folder}/munge.key`, crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o600 });
  const [control, one, two] = freePorts(3), host = Deno.hostname();
  const node = (name: string, port: number) =>
    `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=1 RealMemory=16000`;
  await Deno.writeTextFile(
    `${folder}/slurm.conf`,
    [
      "ClusterName=loopback",
      `SlurmctldHost=${host}(127.0.0.1)`,
      `SlurmctldPort=${control}`,
      ...[
        "SlurmUser=root",
        "SlurmdUser=root",
        "AuthType=auth/munge",
        `AuthInfo=socket=${folder}/run/munge.sock`,
      ],
      ...["CredType=cred/munge", `StateSaveLocation=${folder}/state`, `SlurmdSpoolDir=${folder}/spool-%n`],
      ...[`SlurmctldPidFile=${folder}/run/slurmctld.pid`, `SlurmdPidFile=${folder}/run/slurmd-%n.pid`],
      ...[`SlurmctldLogFile=${folder}/log/slurmctld`, `SlurmdLogFile=${folder}/log/slurmd-%n`],
      ...["ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none", "SwitchType=switch/none"],
      ...[
        "SelectType=select/cons_tres",
        "SelectTypeParameters=CR_CPU",
        "ReturnToService=2",
        "MailProg=/bin/true",
      ],
      "SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1",
      ...["AccountingStorageType=accounting_storage/none", "JobAcctGatherType=jobacct_gather/none"],
      ...[
        node("n1", one),
        node("n2", two),
        "PartitionName=all Nodes=n1,n2 Default=YES State=UP MaxTime=INFINITE",
        "",
      ],
    ].join("\n"),
  );
  const env = { SLURM_CONF: `${folder}/slurm.conf` };
  const pidFiles = ["munged", "slurmctld", "slurmd-n1", "slurmd-n2"].map((name) =>
    `${folder}/run/${name}.pid`
  );
  const stop = async () => {
    for (const path of pidFiles.reverse()) {
      try {
        Deno.kill(Number(await Deno.readTextFile(path)), "SIGKILL");
      } catch { /* it never started, or has ended */ }
    }
  };
  const munge = [
    "key-file=munge.key",
    "socket=run/munge.sock",
    "pid-file=run/munged.pid",
    "log-file=log/munged",
    "seed-file=run/seed",
  ];
  const logs = [
    await call("munged", ["--force", ...munge.map((each) => `--${each.replace("=", `=${folder}/`)}`)], env),
    await call("slurmctld", ["-i", "-c"], env),
    await call("slurmd", ["-N", "n1"], env),
    await call("slurmd", ["-N", "n2"], env),
  ];
  for (let tries = 0; tries < 60; tries++) {
    const { text } = await call("sinfo", ["--noheader", "--Node", "--states=idle", "--format=%N"], env);
    if (text.includes("n1") && text.includes("n2")) return { env, stop };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await stop();
  console.log(
    `skipped: Slurm does not start here: ${logs.map(({ text }) => text.trim()).join("; ").slice(0, 400)}`,
  );
  return null;
}

async function call(program: string, args: string[], env: Record<string, string>): Promise<{ text: string }> {
  const path = PATHS.map((folder) => `${folder}/${program}`).find(exists)!;
  // A daemon keeps its outputs open, so a pipe would never end.
  const log = await Deno.makeTempFile();
  try {
    const command = new Deno.Command("/bin/sh", {
      args: ["-c", 'out="$1"; shift; exec "$@" > "$out" 2>&1', "sh", log, path, ...args],
      env,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    await command.output();
    return { text: await Deno.readTextFile(log) };
  } finally {
    await Deno.remove(log);
  }
}

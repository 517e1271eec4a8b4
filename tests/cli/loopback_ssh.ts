/** A running sshd on this machine that accepts one key. */
export interface LoopbackSsh {
  /** Command that logs in to it, in the form of GNU parallel's --sshlogin. */
  readonly login: string;
  readonly stop: () => Promise<void>;
}

const SSHD = "/usr/sbin/sshd";

/**
 * Starts OpenSSH's server on loopback, with new keys and all of its files in `folder`. Returns null, with a message, if
 * it is not installed or this user is not root.
 */
export async function startSsh(folder: string): Promise<LoopbackSsh | null> {
  const there = await Deno.stat(SSHD).then(() => true, () => false);
  if (!there || Deno.uid() !== 0) {
    console.log(`skipped: ssh on loopback needs ${there ? "root" : "sshd (package openssh-server)"}`);
    return null;
  }
  await Deno.mkdir(folder, { recursive: true });
  await Deno.mkdir("/run/sshd", { recursive: true });
  for (const name of ["host", "user"]) {
    const { success } = await new Deno.Command("ssh-keygen", {
      args: ["-q", "-t", "ed25519", "-N", "", "-f", `${folder}/${name}`],
    }).output();
    if (!success) throw new Error(`Cannot make the key ${name}`);
  }
  await Deno.copyFile(`${folder}/user.pub`, `${folder}/authorized`);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await Deno.writeTextFile(
    `${folder}/sshd_config`,
    [
      ...["ListenAddress 127.0.0.1", `Port ${port}`, `HostKey ${folder}/host`, `PidFile ${folder}/sshd.pid`],
      ...[`AuthorizedKeysFile ${folder}/authorized`, "StrictModes no", "UsePAM no"],
      ...["PermitRootLogin prohibit-password", "PasswordAuthentication no", "MaxStartups 100", ""],
    ].join("\n"),
  );
  const server = new Deno.Command(SSHD, {
    args: ["-D", "-f", `${folder}/sshd_config`, "-E", `${folder}/log`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const options = `-o UserKnownHostsFile=${folder}/known -o StrictHostKeyChecking=no -o BatchMode=yes`;
  const login = `ssh -q -p ${port} -i ${folder}/user ${options} 127.0.0.1`;
  const stop = async () => {
    server.kill("SIGTERM");
    await server.status;
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { success } = await new Deno.Command("/bin/sh", { args: ["-c", `${login} true`] }).output();
    if (success) return { login, stop };
  }
  await stop();
  throw new Error(`ssh on loopback does not answer: ${await Deno.readTextFile(`${folder}/log`)}`);
}

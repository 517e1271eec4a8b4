import { runPeer } from "./run_peer.ts";

/** Whether openssl is available to make certificates; the repository contains neither certificates nor keys. */
export const hasOpenssl = (await runPeer("openssl", ["version"]))?.code === 0;
if (!hasOpenssl) console.warn("skipped: openssl is not installed");

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** Certificates for a server on 127.0.0.1: signed by an authority, self-signed, for another host, expired. */
export interface Certificates {
  /** File of the authority's certificate. */
  readonly authority: string;
  readonly signed: Identity;
  readonly selfSigned: Identity;
  readonly otherHost: Identity;
  readonly expired: Identity;
}

const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  const { code, err } = (await runPeer("openssl", args.map((arg) => arg.replace("@", `${folder}/`))))!;
  if (code !== 0) throw new Error(`openssl ${args[0]}: ${err}`);
}

/** Makes the certificates in a folder. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  await openssl(folder, [
    ...["req", "-x509", ...EC, "-keyout", "@ca.key", "-out", "@ca.pem", "-subj", "/CN=Test authority"],
    ...["-days", "2", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=keyCertSign"],
  ]);
  const read = async (name: string): Promise<Identity> => ({
    cert: await Deno.readTextFile(`${folder}/${name}.pem`),
    key: await Deno.readTextFile(`${folder}/${name}.key`),
  });
  const signed = async (name: string, { host, days }: { host: string; days: readonly string[] }) => {
    await openssl(folder, [
      "req",
      ...EC,
      "-keyout",
      `@${name}.key`,
      "-out",
      `@${name}.csr`,
      "-subj",
      "/CN=archive",
    ]);
    await Deno.writeTextFile(`${folder}/${name}.ext`, `subjectAltName=${host}\nbasicConstraints=CA:FALSE\n`);
    await openssl(folder, [
      ...["x509", "-req", "-in", `@${name}.csr`, "-CA", "@ca.pem", "-CAkey", "@ca.key", "-CAcreateserial"],
      ...["-out", `@${name}.pem`, "-extfile", `@${name}.ext`, ...days],
    ]);
    return await read(name);
  };
  await openssl(folder, [
    ...["req", "-x509", ...EC, "-keyout", "@self.key", "-out", "@self.pem", "-subj", "/CN=127.0.0.1"],
    ...["-days", "2", "-addext", "subjectAltName=IP:127.0.0.1"],
  ]);
  return {
    authority: `${folder}/ca.pem`,
    signed: await signed("signed", { host: "IP:127.0.0.1", days: ["-days", "2"] }),
    selfSigned: await read("self"),
    otherHost: await signed("other", { host: "DNS:archive.example", days: ["-days", "2"] }),
    expired: await signed("expired", {
      host: "IP:127.0.0.1",
      days: ["-days", "0"], // expires now
    }),
  };
}

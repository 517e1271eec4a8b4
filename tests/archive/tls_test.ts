import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { caputCommand } from "../cli/run_caput.ts";
import { badArchive } from "./bad_archive.ts";
import { hasOpenssl, type Identity, makeCertificates } from "./certificates.ts";

const SECRET = "tls-Secret-5e1f",
  CREDENTIALS = { CAPUT_DICOMWEB_USER: "reader", CAPUT_DICOMWEB_PASSWORD: SECRET };

async function caput(words: readonly string[], folder: string, env: Record<string, string>) {
  const { code, stdout, stderr } = await caputCommand(words, folder, { ...CREDENTIALS, ...env }).output();
  const both = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  assert(!both.includes(SECRET) && !both.includes(btoa(`reader:${SECRET}`)), both);
  return { code, both };
}

Deno.test({
  name:
    "fetch and send immediately reject an archive with an invalid certificate, name the fix, and send nothing",
  ignore: !hasOpenssl,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const { authority, signed, selfSigned, otherHost, expired } = await makeCertificates(folder);
      const withAuthority = { DENO_CERT: authority };
      const cases: [string, Identity, Record<string, string>, string, string][] = [
        ["unknown authority", signed, {}, "who signed it", "DENO_CERT=ca.pem"],
        ["self-signed", selfSigned, {}, "self-signed", "an authority has signed"],
        [
          "self-signed, though named",
          selfSigned,
          { DENO_CERT: `${folder}/self.pem` },
          "self-signed",
          "DENO_CERT",
        ],
        [
          "switched off for Node",
          signed,
          { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
          "who signed it",
          "DENO_CERT",
        ],
        ["another host", otherHost, withAuthority, "for another host", "--dicomweb"],
        ["expired", expired, withAuthority, "not valid today", "clock"],
      ];
      await Deno.mkdir(`${folder}/dicom`);
      await Deno.writeTextFile(`${folder}/dicom/one.dcm`, "would be sent");
      for (const [name, identity, env, message, fix] of cases) {
        const archive = badArchive(1, () => null, identity);
        try {
          const verbs = [
            ["fetch", "--out", "films"],
            ...(name === "self-signed" ? [["send", "dicom", "--yes"]] : []),
          ];
          for (const verb of verbs) {
            const { code, both } = await caput([...verb, "--dicomweb", archive.url], folder, env);
            assertEquals(code, 4, `${name}: ${both}`);
            assertStringIncludes(both, message, name);
            assertStringIncludes(both, fix, name);
            assert(!/(asking|trying) again/.test(both), `${name}: ${both}`);
          }
          assertEquals(archive.seen, [], `${name}: the server must receive no request, and so no password`);
          assertEquals(await Deno.stat(`${folder}/films`).catch(() => null), null, "nothing was written");
        } finally {
          await archive.close();
        }
      }

      const plain = badArchive(1);
      try {
        const { code, both } = await caput(
          ["fetch", "--out", "films", "--dicomweb", plain.url.replace("http:", "https:"), "--json"],
          folder,
          {},
        );
        assertEquals(code, 4, both);
        const { error } = JSON.parse(both.split("\n").find((line) => line.startsWith("{"))!);
        assertEquals([error.code, error.message], ["untrusted", "The archive's port does not speak TLS"]);
      } finally {
        await plain.close();
      }

      const sound = badArchive(2, () => null, signed);
      try {
        const { code, both } = await caput(
          ["fetch", "--out", "films", "--dicomweb", sound.url],
          folder,
          withAuthority,
        );
        assertEquals(code, 0, both);
        assertStringIncludes(both, "2 fetched");
        assertEquals(sound.seen[0].authorization, `Basic ${btoa(`reader:${SECRET}`)}`);
      } finally {
        await sound.close();
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

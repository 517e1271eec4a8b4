import { assert, assertClose } from "@std/assert";

const swiftshader = "/usr/lib/chromium/vk_swiftshader_icd.json";
const script = new URL("./webgpu_child.ts", import.meta.url).pathname;

Deno.test("losses and states after two training steps on WebGPU agree with those on the CPU (skipped without a WebGPU adapter)", async () => {
  const found = await Deno.stat(swiftshader).then(() => true, () => false);
  const args = ["run", "--quiet", "--allow-read", "--allow-env", "--allow-ffi", "--allow-sys", script];
  const env: Record<string, string> = found ? { VK_ICD_FILENAMES: swiftshader, XDG_RUNTIME_DIR: "/tmp" } : {};
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, env, stderr: "null" }).output();
  const { skipped, apart, losses } = JSON.parse(new TextDecoder().decode(stdout)) as {
    skipped?: string;
    apart: Record<string, number>;
    losses: number[][];
  };
  if (skipped) {
    console.log(
      `skipped: no WebGPU adapter, and none in software at ${swiftshader} (${skipped.slice(0, 120)})`,
    );
    return;
  }
  assertClose(losses[0], losses[1], { relative: 1e-5 });
  for (const [name, error] of Object.entries(apart)) assert(error < 1e-4, `${name}: relative L2 ${error}`);
});

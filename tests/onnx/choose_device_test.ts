import { assert, assertEquals, assertRejects } from "@std/assert";
import { chooseDevice } from "../../src/onnx/choose_device.ts";
import { DeviceError } from "../../src/onnx/device_error.ts";
import type { Device } from "../../src/types.ts";

/** A simulated machine on which only the devices in `has` can be opened, each with its milliseconds per batch. */
function machine(has: Partial<Record<Device, number>>) {
  const closed: Device[] = [];
  return {
    closed,
    open: (device: Device) =>
      device in has ? Promise.resolve(device) : Promise.reject(new Error(`no ${device}\nhere`)),
    time: (device: Device) => Promise.resolve(has[device]!),
    close: (device: Device) => Promise.resolve(void closed.push(device)),
    absent: (): string | null => null,
  };
}

Deno.test("auto prefers cuda, then webgpu, then the CPU, and reports why the others were not used", async () => {
  const fast = await chooseDevice("auto", machine({ cuda: 1, cpu: 9 }));
  assertEquals([fast.device, fast.tried.length], ["cuda", 0]);
  assertEquals((await chooseDevice("auto", machine({ webgpu: 1, cpu: 9 }))).device, "webgpu");
  const cpu = await chooseDevice("auto", machine({ cpu: 9 }));
  assertEquals(cpu.tried, [{ device: "cuda", error: "no cuda" }, { device: "webgpu", error: "no webgpu" }]);
  assertEquals(cpu.device, "cpu");
});

Deno.test("auto does not try a device that cannot be present; a named device is always tried", async () => {
  const absent = (device: Device) => device === "webgpu" ? "not present" : null;
  const auto = await chooseDevice("auto", { ...machine({ webgpu: 1, cpu: 9 }), absent });
  assertEquals([auto.device, auto.tried[1]], ["cpu", { device: "webgpu", error: "not present" }]);
  assertEquals((await chooseDevice("webgpu", { ...machine({ webgpu: 1 }), absent })).device, "webgpu");
});

Deno.test("auto rejects a software adapter, which opens but is slow, and closes it", async () => {
  const slow = machine({ webgpu: 300, cpu: 1 });
  const chosen = await chooseDevice("auto", slow);
  assertEquals(chosen.device, "cpu");
  assert(chosen.reason.includes("300.0 ms, on the CPU 1.0 ms"), chosen.reason);
  assertEquals(slow.closed, ["cpu", "webgpu"]);
});

Deno.test("a device that the user names is used even if it is slow, and is never replaced", async () => {
  assertEquals((await chooseDevice("webgpu", machine({ webgpu: 300, cpu: 1 }))).device, "webgpu");
  await assertRejects(
    () => chooseDevice("webgpu", machine({ cpu: 1 })),
    DeviceError,
    "Cannot open the model on webgpu: no webgpu",
  );
});

Deno.test("a missing library is explained in plain words, followed by onnxruntime's own error", async () => {
  const open = () => Promise.reject(new Error("Failed to load shared library\nat 0x0"));
  await assertRejects(
    () => chooseDevice("cuda", { open }),
    DeviceError,
    "Cannot open the model on cuda: its library is not installed (Failed to load shared library)",
  );
});

Deno.test("an unknown device is rejected with its name", async () => {
  await assertRejects(() => chooseDevice("tpu" as Device, machine({})), RangeError, "got tpu");
});

// Opens an address in a browser, in a process that may run only PROGRAM; usage: open_address.ts PROGRAM ADDRESS
const [program, address] = Deno.args;
try {
  const { success } = await new Deno.Command(program, { args: [address], stdout: "null", stderr: "null" })
    .output();
  if (!success) throw new Error(`${program} failed`);
} catch (error) {
  console.error(`Could not open a browser (${(error as Error).message}); please open the address yourself.`);
}

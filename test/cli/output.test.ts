import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Output } from "../../lib/cli/output";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "outbound-output-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stream that keeps what it is given, and how often it was opened. */
function kept() {
  const texts: string[] = [];
  const events = new EventEmitter();
  const stream = Object.assign(events, {
    write: (text: string | Uint8Array) => texts.push(Buffer.from(text).toString()),
  });
  const open = jest.fn(() => stream as unknown as NodeJS.WriteStream);
  return { texts, open, events };
}

it("writes into a file at once, without a stream", () => {
  const { open } = kept();
  const path = join(folder, "out");
  const descriptor = openSync(path, "w");
  const output = new Output(descriptor, open);
  output.write("erste Zeile: grün\n");
  expect(readFileSync(path, "utf8")).toBe("erste Zeile: grün\n");
  expect(output.screen).toBeUndefined();
  expect(open).not.toHaveBeenCalled();
  closeSync(descriptor);
});

it("writes by the stream alone once it must never wait", () => {
  const { open, texts } = kept();
  const path = join(folder, "out");
  const descriptor = openSync(path, "w");
  const output = new Output(descriptor, open);
  output.write("first\n");
  output.neverWait();
  for (const text of ["second\n", "third\n"]) output.write(text);
  expect([readFileSync(path, "utf8"), texts.join("")]).toEqual(["first\n", "second\nthird\n"]);
  expect(open).toHaveBeenCalledTimes(1);
  closeSync(descriptor);
});

it("leaves to the stream what cannot be written, and all that follows", () => {
  const { open, texts, events } = kept();
  const closed = jest.fn();
  const readOnly = openSync(__filename, "r");
  const output = new Output(readOnly, open, closed);
  output.write("first\n");
  output.write("second\n");
  expect(texts).toEqual(["first\n", "second\n"]);
  events.emit("error", new Error("write EPIPE"));
  expect(closed).toHaveBeenCalledTimes(1);
  closeSync(readOnly);
});

it("loses nothing in a pipe that is full and does not wait", () => {
  // The reader begins only once the writer has met EAGAIN: a pipe holds 64 KiB.
  const main = join(__dirname, "..", "..", "bin", "outbound.js");
  const script = `
import os, subprocess, sys, time
reader, writer = os.pipe()
os.set_blocking(writer, False)
written = 0
try:
    while True: written += os.write(writer, b"x" * 4096)
except BlockingIOError: pass
child = subprocess.Popen(sys.argv[1:], stdout=writer)
os.close(writer)
time.sleep(0.5)
out = b""
while True:
    some = os.read(reader, 65536)
    if not some: break
    out += some
sys.stdout.buffer.write(out[written:])
sys.exit(child.wait())`;
  const { stdout, status } = spawnSync("python3", ["-c", script, process.execPath, main, "--help"], {
    encoding: "utf8",
  });
  const plain = spawnSync(process.execPath, [main, "--help"], { encoding: "utf8" });
  expect(stdout).toBe(plain.stdout);
  expect(status).toBe(0);
}, 20_000);

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { systemClock } from "../../../lib/core/clock";
import { endLeftProcesses, leftProcesses, MARKER } from "../../../lib/cli/demo/leftovers";

const onLinux = process.platform === "linux" ? describe : describe.skip;

onLinux("processes left running", () => {
  const run = `test-${process.pid}-${Date.now()}`;
  let child: ChildProcess;
  beforeEach(async () => {
    // In a session of its own, as cdktf starts terraform: no process group of ours would find it.
    child = spawn(
      process.execPath,
      ["-e", 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1e6); console.log("up")'],
      {
        env: { ...process.env, [MARKER]: run },
        detached: true,
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    await once(child.stdout!, "data");
  });
  afterEach(() => child.kill("SIGKILL"));

  it("are found by the run's mark, and no others", () => {
    expect(leftProcesses(run)).toEqual([{ pid: child.pid, command: expect.stringContaining("setInterval") }]);
    expect(leftProcesses(`${run}-other`)).toEqual([]);
  });

  it("are ended, also those that do not want to", async () => {
    expect(await endLeftProcesses(run, systemClock)).toEqual([]);
    expect(leftProcesses(run)).toEqual([]);
  }, 10_000);
});

it("nothing is claimed where processes cannot be seen", () => {
  expect(leftProcesses("any", "/does/not/exist")).toBeUndefined();
});

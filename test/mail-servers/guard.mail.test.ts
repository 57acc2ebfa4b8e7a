import { existsSync, readFileSync } from "node:fs";
import { Guard } from "./guard";
import { until } from "./until";
import { describeWithServers } from "./servers";

describeWithServers("what the tests start", () => {
  test("is gone with its folder once it is ended, though it does not want to", async () => {
    const guard = await Guard.create();
    await guard.start("stubborn", "/bin/sh", ["-c", "trap '' TERM; echo $$; sleep 600 & wait; sleep 600"]);
    const pid = await until("its process id", async () => {
      const said = readFileSync(`${guard.folder}/stubborn.log`, "utf8").trim();
      return said === "" ? undefined : Number(said);
    });
    expect(() => process.kill(pid, 0)).not.toThrow();
    await guard.end();
    expect(existsSync(guard.folder)).toBe(false);
    await until("its end", async () => (isAlive(pid) ? undefined : true));
  });
});

/** A process that is dead but not yet buried is dead. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

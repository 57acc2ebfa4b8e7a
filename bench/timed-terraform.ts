import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformBinary } from "../test/support/terraform-binary";
import { NotHere } from "./parts";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const CLOCK = "/proc/uptime";

/** Terraform behind a shell that writes down when each of its commands has begun and ended, to a hundredth of a second. */
export class TimedTerraform {
  private readonly folder = temporaryFolder("timed");
  private readonly log = join(this.folder, "log");
  readonly binary = join(this.folder, "terraform");

  /** @throws NotHere where the system has no clock that a shell can read without starting a program */
  constructor() {
    if (!existsSync(CLOCK)) throw new NotHere(`there is no ${CLOCK} here, by which terraform's own time is told`);
    const lines = [
      "#!/bin/sh",
      `read -r began _ <${CLOCK}`,
      `"${terraformBinary}" "$@"`,
      "code=$?",
      `read -r ended _ <${CLOCK}`,
      `echo "$1 $began $ended" >>"${this.log}"`,
      "exit $code",
    ];
    writeFileSync(this.binary, `${lines.join("\n")}\n`);
    chmodSync(this.binary, 0o755);
  }

  /** The seconds in which one of these commands ran, since the last call. */
  take(commands: readonly string[]): number {
    const text = readFileSync(this.log, "utf8");
    rmSync(this.log);
    return secondsIn(text, commands);
  }

  remove(): void {
    removeFolder(this.folder);
  }
}

/** What ran side by side counts once. */
export function secondsIn(log: string, commands: readonly string[]): number {
  const spans = log
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([command = ""]) => commands.includes(command))
    .map(([, began, ended]) => ({ began: Number(began), ended: Number(ended) }))
    .sort((a, b) => a.began - b.began);
  let [seconds, until] = [0, -Infinity];
  for (const { began, ended } of spans) {
    seconds += Math.max(0, ended - Math.max(began, until));
    until = Math.max(until, ended);
  }
  return seconds;
}

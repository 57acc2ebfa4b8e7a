import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Names the Terraform command that started this process, the same in all processes that it starts: its number, its start
 * time (numbers are reused), and the boot of the machine (so are start times).
 */
export function runName(parent: number): string {
  return [parent, startOf(parent), bootId()].join("-").replace(/[^\w-]/g, "");
}

/** A text that changes when the number is reused; "0" where the system does not provide one. */
function startOf(pid: number): string {
  try {
    // The name of the program is in parentheses and may contain blanks. Field 22, counted from 1, is the start in clock
    // ticks.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)\s/s, "");
    return fields.split(" ")[19] ?? "0";
  } catch {
    return startByPs(pid);
  }
}

function startByPs(pid: number): string {
  try {
    const args = ["-o", "lstart=", "-p", String(pid)];
    const text = execFileSync("ps", args, { encoding: "utf8", timeout: 2_000, stdio: ["ignore", "pipe", "ignore"] });
    return String(Date.parse(text.trim()) || 0);
  } catch {
    return "0";
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return "0";
  }
}

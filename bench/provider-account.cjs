// Loaded into the provider by NODE_OPTIONS: when the process ends it writes down what it has used. No part of the product.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** The process's own: the system's account of the largest size begins with that of the program that has started it. */
function peakMiB() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const name = `${process.pid}-${Date.now()}.json`;
  const account = { cpuMs: (user + system) / 1000, peakMiB: peakMiB() };
  writeFileSync(join(process.env.OUTBOUND_BENCH_ACCOUNTS, name), JSON.stringify(account));
});

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { removeFolder, temporaryFolder } from "./temporary-folder";

/** What the provider's processes of one command have used, by their own account. */
export interface Account {
  /** Of all processes together. */
  readonly cpuMs: number;
  /** Of the largest process. */
  readonly peakMiB: number;
  readonly processes: number;
}

/** Where the processes of one command leave their accounts. */
export class Accounts {
  private readonly folder = temporaryFolder("accounts");

  /** For the command that starts them. */
  environment(): Record<string, string> {
    const hook = resolve(__dirname, "provider-account.cjs");
    return { NODE_OPTIONS: `--require ${JSON.stringify(hook)}`, OUTBOUND_BENCH_ACCOUNTS: this.folder };
  }

  /** Their sum; the folder is gone afterwards. */
  take(): Account {
    const all = readdirSync(this.folder).map(
      (name) => JSON.parse(readFileSync(join(this.folder, name), "utf8")) as Omit<Account, "processes">,
    );
    removeFolder(this.folder);
    return {
      cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      peakMiB: Math.max(0, ...all.map(({ peakMiB }) => peakMiB)),
      processes: all.length,
    };
  }
}

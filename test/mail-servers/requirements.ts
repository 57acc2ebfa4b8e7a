import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";

const FOLDERS = [
  ...(process.env["PATH"] ?? "").split(":"),
  ...["/usr/sbin", "/usr/lib/postfix/sbin", "/usr/libexec/postfix", "/usr/lib/dovecot", "/usr/libexec/dovecot"],
];

/** The full path of a program of the servers. */
export function program(name: string): string | undefined {
  return FOLDERS.filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** What {@link whyNoServers} looks at; replaced in its own test. */
export interface Machine {
  readonly uid: number | undefined;
  find(program: string): string | undefined;
  /** "2.3.19.1 (9b53102964)". */
  dovecotVersion(): string;
}

const thisMachine: Machine = {
  uid: process.getuid?.(),
  find: program,
  dovecotVersion: () => execFileSync(program("dovecot")!, ["--version"], { encoding: "utf8" }),
};

const PACKAGES: Readonly<Record<string, string>> = {
  master: "postfix",
  dovecot: "dovecot-core",
  imap: "dovecot-imapd",
  lmtp: "dovecot-lmtpd",
  unbound: "unbound",
  swaks: "swaks",
};

/** Why the mail servers cannot be started here; undefined when they can. */
export function whyNoServers({ uid, find, dovecotVersion }: Machine = thisMachine): NoServers | undefined {
  if (uid !== 0) {
    return { why: "they must be started by root: Postfix changes users for each of its processes", excused: true };
  }
  const missing = Object.keys(PACKAGES).filter((name) => find(name) === undefined);
  if (missing.length > 0) {
    const packages = missing.map((name) => PACKAGES[name]).join(", ");
    const how = "test/mail-servers/install.sh installs them on Debian and Ubuntu";
    return { why: `missing: ${packages} (${how})`, excused: find("apt-get") === undefined };
  }
  const version = dovecotVersion().trim();
  if (/^2\.3\./.test(version)) return undefined;
  return { why: `Dovecot ${version} is installed, and the tests write the configuration of 2.3`, excused: true };
}

export interface NoServers {
  /** Part of a sentence. */
  readonly why: string;
  /** False where `install.sh` could have done something about it. */
  readonly excused: boolean;
}

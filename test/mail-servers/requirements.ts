import { accessSync, constants } from "node:fs";
import { join } from "node:path";

const FOLDERS = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/lib/postfix/sbin", "/usr/lib/dovecot"];

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

/** Why the mail servers cannot be started here; undefined when they can. */
export function whyNoServers(uid = process.getuid?.(), find = program): string | undefined {
  if (uid !== 0) return "they must be started by root: Postfix changes users for each of its processes";
  const wanted: Record<string, string> = {
    master: "postfix",
    imap: "dovecot-imapd",
    lmtp: "dovecot-lmtpd",
    unbound: "unbound",
    swaks: "swaks",
  };
  const missing = Object.keys(wanted).filter((name) => find(name) === undefined);
  if (missing.length === 0) return undefined;
  return `missing: ${missing.map((name) => wanted[name]).join(", ")} (test/mail-servers/install.sh installs them on Debian and Ubuntu)`;
}

/** True where `install.sh` can do its work, so that nothing excuses missing servers. */
export function couldBeInstalled(uid = process.getuid?.(), find = program): boolean {
  return uid === 0 && find("apt-get") !== undefined;
}

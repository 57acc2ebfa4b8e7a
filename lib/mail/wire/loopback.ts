import { isIPv4 } from "node:net";

/** True for addresses and names that never leave the machine. */
export function isLoopback(host: string): boolean {
  return host === "::1" || /^localhost\.?$/i.test(host) || (isIPv4(host) && host.startsWith("127."));
}

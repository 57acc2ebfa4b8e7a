import { isIPv4 } from "node:net";

/** Whether an address or name never leaves the machine. */
export function isLoopback(host: string): boolean {
  return host === "::1" || /^localhost\.?$/i.test(host) || (isIPv4(host) && host.startsWith("127."));
}

import { lookup } from "node:dns/promises";
import { isIPv4 } from "node:net";

/** The reason why a simulator refuses other addresses: the traffic of a sandbox must not leave the machine. */
export const OUTSIDE_THE_SANDBOX = "the sandbox reaches nothing but 127.0.0.0/8";

/** Whether a simulator may connect to this address, given in its usual form, never as a name or a number. */
export const isWithinSandbox = (address: string): boolean => isIPv4(address) && address.startsWith("127.");

/** Resolves a name, or whatever a resolver accepts as an address, to all its addresses. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string }[]>;

/** The machine's own resolver: `/etc/hosts` first, and `2130706433` is 127.0.0.1. */
const resolveHere: Resolve = (host) => lookup(host, { all: true, family: 4 });

/**
 * The address to connect to for a host, resolved once: a second resolution of the name might lead elsewhere.
 *
 * @throws Error when any of the addresses is outside 127.0.0.0/8, or there is none
 */
export async function addressWithinSandbox(host: string, resolve: Resolve = resolveHere): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (isWithinSandbox(bare)) return bare;
  const refusal = new Error(`No route to host ${host}: ${OUTSIDE_THE_SANDBOX}`);
  if (isIPv4(bare) || bare.includes(":")) throw refusal;
  const addresses = await resolve(bare);
  const [first] = addresses;
  if (first === undefined || !addresses.every(({ address }) => isWithinSandbox(address))) throw refusal;
  return first.address;
}

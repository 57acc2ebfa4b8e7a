import { isIPv4 } from "node:net";

/** Why a simulator connects to nothing else: what a sandbox is told to do must not leave the machine. */
export const OUTSIDE_THE_SANDBOX = "the sandbox reaches nothing but 127.0.0.0/8";

/** Whether a simulator may connect to this address. */
export const isWithinSandbox = (address: string): boolean => isIPv4(address) && address.startsWith("127.");

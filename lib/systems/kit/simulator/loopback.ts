import { BlockList, isIPv4 } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);

/** Why a simulator connects to nothing else: what a sandbox is told to do must not leave the machine. */
export const OUTSIDE_THE_SANDBOX = "the sandbox reaches nothing but 127.0.0.0/8";

/** Whether a simulator may connect to this address. */
export const isWithinSandbox = (address: string): boolean => isIPv4(address) && loopback.check(address);

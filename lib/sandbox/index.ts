/** The sandbox: the simulated systems for this package's tests and demo, and for its users' tests. */
export { startSandbox, type Sandbox, type SandboxOptions, type SandboxState } from "./sandbox";
export { Faults, type ArmedFault, type Fault, type FaultEffect } from "./faults";
export { faultFromText } from "./fault-syntax";
export { optionsFromTexts } from "./option-syntax";
export type { RecordedRequest } from "./recorder";
export type { SimulatedObject } from "../systems/kit/simulator/objects";
export type { OpenFlow } from "./network";
export type { InboxMessage } from "../mail/server";
export type { SandboxMail } from "./mail";

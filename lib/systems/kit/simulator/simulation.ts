import type { WebApp } from "./web-app";
import type { Clock } from "../../../core/clock";
import type { Interventions } from "./interventions";
import type { SimulatedObject } from "./objects";
import type { Tables } from "./tables";
import type { Connectivity } from "./connectivity";

/**
 * What a simulator is. Simulators are faithful: they authenticate, validate every request against
 * the contract, and share one network, so that a forgotten flow really breaks the mail.
 */
export interface Simulator {
  /** The system's name, "ovh". */
  readonly system: string;
  /** Adds the vendor's routes; the sandbox gives each simulator an address of its own. */
  register(app: WebApp): void;
  /** What it holds: the sandbox resets it, and shows readers an earlier state of it. */
  readonly tables: Tables;
  /** What a client needs to reach it, as environment variables: `{ VROPS_URL: url, … }`. */
  environment(url: string): Record<string, string>;
  /** Everything it knows, as JSON, secrets masked; shown at `/_sandbox/state`. */
  snapshot(): unknown;
  /** Everything that exists in it and that a resource could manage, settings that are always there included. */
  objects(): readonly SimulatedObject[];
  /** Changes from outside Terraform, by name, for tests, demo and `outbound sandbox`: `{ "close-flow": … }`. */
  readonly interventions?: Interventions;
  /** How alerts leave it and reach it now, for the sandbox's map. Absent: it is not on the way of any alert. */
  ways?(): Connectivity;
  /** Ends timers and sockets. */
  close?(): Promise<void> | void;
}

export type CreateSimulator = (world: SimulatorWorld) => Simulator;

/** What simulators share. */
export interface SimulatorWorld {
  readonly clock: Clock;
  readonly network: Network;
  /** Deterministic when the sandbox is given a seed. */
  readonly random: () => number;
  /** Per simulator, from the sandbox's options: version to imitate, task duration, seeded objects. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * PEM of the authority behind the simulated mail server, for platforms that trust what their administrators have
   * installed in the operating system. vROps does not: it wants each certificate accepted.
   */
  readonly mailAuthority?: string;
}

/** The firewall between the simulated platforms and the mail server: closed unless a flow opens it. */
export interface Network {
  /** `platform` is the service name, `pcc-192-0-2-10`. */
  open(platform: string, ip: string, port: number): void;
  close(platform: string, ip: string, port: number): void;
  allows(platform: string, ip: string, port: number): boolean;
}

import type { WebApp } from "./web-app";
import type { Clock } from "../../../core/clock";
import type { Interventions } from "./interventions";
import type { SimulatedObject } from "./objects";
import type { Tables } from "./tables";
import type { Connectivity } from "./connectivity";

/**
 * A simulator of a system. Simulators are faithful: they authenticate, validate every request against the contract, and
 * share one network, so that a forgotten flow really breaks the mail.
 */
export interface Simulator {
  /** The system's name, "ovh". */
  readonly system: string;
  /** Adds the vendor's routes; the sandbox gives each simulator an address of its own. */
  register(app: WebApp): void;
  /** Its data: the sandbox resets it, and shows readers an earlier state of it. */
  readonly tables: Tables;
  /** The environment variables that a client needs to reach it: `{ VROPS_URL: url, … }`. */
  environment(url: string): Record<string, string>;
  /** Its complete state as JSON, secrets masked; shown at `/_sandbox/state`. */
  snapshot(): unknown;
  /** All existing objects that a resource could manage, including settings that always exist. */
  objects(): readonly SimulatedObject[];
  /** Changes from outside Terraform, by name, for tests, demo and `outbound sandbox`: `{ "close-flow": … }`. */
  readonly interventions?: Interventions;
  /** How alerts leave and reach it at present, for the sandbox's map. Absent: it is not on the path of any alert. */
  connectivity?(): Connectivity;
  /** Ends timers and sockets. */
  close?(): Promise<void> | void;
}

export type CreateSimulator = (world: SimulatorWorld) => Simulator;

/** The environment that simulators share. */
export interface SimulatorWorld {
  readonly clock: Clock;
  readonly network: Network;
  /** Random numbers; deterministic when the sandbox has a seed. */
  readonly random: () => number;
  /** Options of each simulator: version to imitate, task duration, initial objects. */
  readonly options: Readonly<Record<string, unknown>>;
  /**
   * PEM of the authority behind the simulated mail server, for platforms that trust the authorities that their
   * administrators have installed in the operating system. vROps does not: it requires accepting each certificate.
   */
  readonly mailAuthority?: string;
}

/** The firewall between the simulated platforms and the mail server: closed unless a flow opens it. */
export interface Network {
  /** Opens a flow. `platform` is the service name, `pcc-192-0-2-10`. */
  open(platform: string, ip: string, port: number): void;
  close(platform: string, ip: string, port: number): void;
  allows(platform: string, ip: string, port: number): boolean;
}

import type { Mechanism } from "./login";

/** What the probe found working: what a delivery needs. */
export interface UsableServer {
  readonly ip: string;
  readonly ca: readonly string[] | undefined;
  readonly mechanism: Mechanism | undefined;
  /** The name to introduce ourselves by. */
  readonly clientName: string;
  readonly maxSize: number | undefined;
  /** The server takes addresses outside ASCII. */
  readonly smtpUtf8: boolean;
}

import type { Mechanism } from "./login";

/** What a delivery needs of the server that the probe reached. */
export interface UsableServer {
  readonly ip: string;
  readonly ca: readonly string[] | undefined;
  readonly mechanism: Mechanism | undefined;
  /** The name for EHLO. */
  readonly clientName: string;
  readonly maxSize: number | undefined;
  /** The server accepts addresses outside ASCII. */
  readonly smtpUtf8: boolean;
}

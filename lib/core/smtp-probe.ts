/**
 * Tests a connection to an SMTP server without sending a mail. `lib/mail` implements it; systems without a test of their own
 * call it.
 */
export type SmtpProbe = (request: SmtpProbeRequest, signal: AbortSignal) => Promise<SmtpProbeResult>;

export interface SmtpProbeRequest {
  readonly host: string;
  readonly port: number;
  /**
   * `starttls-if-offered` continues in plain text where the server offers no encryption, as some platforms do; it then warns
   * and does not log in.
   */
  readonly security: "tls" | "starttls" | "starttls-if-offered" | "none";
  readonly login?: {
    readonly username: string;
    readonly password: string;
    /** The only mechanism to try. @default the best that the server offers */
    readonly mechanism?: "PLAIN" | "LOGIN";
  };
  /** An authority to trust besides the well-known ones: PEM text or the path of a PEM file. */
  readonly ca?: string;
  /** The sender that is offered to the server and then withdrawn. */
  readonly from: string;
  /** The time-out of all stages together. */
  readonly timeoutMs: number;
}

export interface SmtpProbeResult {
  /** True when no stage failed. */
  readonly ok: boolean;
  /** One or two sentences. */
  readonly verdict: string;
  readonly stages: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
    readonly remedy?: string;
  }[];
  /** The stages as a table. */
  readonly report: string;
}

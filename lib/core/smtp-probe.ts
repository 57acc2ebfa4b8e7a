/** A walk to an SMTP server that sends nothing: the mail room does it, systems without a test of their own ask for it. */
export type SmtpProbe = (request: SmtpProbeRequest, signal: AbortSignal) => Promise<SmtpProbeResult>;

export interface SmtpProbeRequest {
  readonly host: string;
  readonly port: number;
  /** `starttls-if-offered` goes on in plain text where the server offers none, as some platforms do; it then warns and does not log in. */
  readonly security: "tls" | "starttls" | "starttls-if-offered" | "none";
  readonly login?: {
    readonly username: string;
    readonly password: string;
    /** Only this one is tried. @default the best that the server offers */
    readonly mechanism?: "PLAIN" | "LOGIN";
  };
  /** PEM text or the path of a PEM file, trusted besides the well-known authorities. */
  readonly ca?: string;
  /** Offered to the server as the sender, and taken back. */
  readonly from: string;
  /** For all stages together. */
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

/** How the connection is protected: not at all, by STARTTLS on the plain port, or by TLS from the first byte. */
export type Security = "none" | "starttls" | "tls";

export const SECURITIES: readonly Security[] = ["none", "starttls", "tls"];

/** For sentences: "STARTTLS (required)". */
export const SECURITY_TITLES: Readonly<Record<Security, string>> = {
  none: "no encryption",
  starttls: "STARTTLS",
  tls: "implicit TLS",
};

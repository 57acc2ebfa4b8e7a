import type { ConnectionSecurity } from "../../core/topology";

export const SECURITIES: readonly ConnectionSecurity[] = ["none", "starttls", "tls"];

/** For sentences: "STARTTLS (required)". */
export const SECURITY_TITLES: Readonly<Record<ConnectionSecurity, string>> = {
  none: "no encryption",
  starttls: "STARTTLS",
  tls: "implicit TLS",
};

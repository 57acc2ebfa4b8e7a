import type { Problem } from "../core/problem";
import type { Deviation } from "./conformity";

/** The result of surveying a system. */
export interface SystemReport {
  /** Its name in the provider's configuration: `vrops`. */
  readonly system: string;
  readonly title: string;
  /**
   * The provider configuration of the stack: `outbound.second`; absent where all settings come from the environment.
   */
  readonly provider?: string;
  /**
   * `nothing wrong`: all that was read is as expected, and what could not be read is unknown; `wrong`: see the
   * findings; `unknown`: only Terraform knows its address; `not configured`: it has no address; `no API`: there is
   * nothing to read.
   */
  readonly state: "nothing wrong" | "wrong" | "unknown" | "not configured" | "no API";
  /** Why it was not read; absent when it was. */
  readonly reason?: string;
  /** Its configured address; absent while it is not known. */
  readonly address?: string;
  /** The time to the first answer, milliseconds; absent when there was none. */
  readonly answeredInMs?: number;
  readonly certificate?: SurveyedCertificate;
  readonly version: Stated;
  readonly edition: Stated;
  /** The account that the login belongs to. */
  readonly account: Stated;
  /** When the login ends. */
  readonly until: Stated;
  /** True when the login is a session, of which each run makes its own. */
  readonly renewed: boolean;
  readonly rights: readonly Right[];
  readonly objects: readonly Count[];
  readonly answers: readonly SurveyAnswer[];
  readonly findings: readonly Problem[];
}

/** A fact, or why it is not known. */
export type Stated = { readonly value: string } | { readonly unknown: string };

export interface SurveyedCertificate {
  readonly host: string;
  /** Undefined where the certificate has no issuer. */
  readonly issuer: string | undefined;
  /** ISO 8601. */
  readonly until: string;
  /** The authorities of its chain; `until` in ISO 8601. */
  readonly authorities: readonly { readonly name: string; readonly until: string }[];
}

export interface Right {
  /** The vendor's name for it. */
  readonly right: string;
  /** Resource types that need it. */
  readonly for: readonly string[];
  readonly state: "granted" | "missing" | "unknown";
  /** Why it is unknown. */
  readonly reason?: string;
}

export interface Count {
  /** In the plural: "notification rules". */
  readonly kind: string;
  /** Absent when the number is not known. */
  readonly count?: number;
  /** True when there may be more than were counted. */
  readonly atLeast?: boolean;
  /** Why it is not known. */
  readonly unknown?: string;
}

export interface SurveyAnswer {
  readonly subject: string;
  /** `GET /api/alertplugins/types/{type}`: ids are left out. */
  readonly request: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /**
   * `expected`: as in the contract; `deviates`: may break deployments; `absent`: a server in order may lack it;
   * `refused`: the login may not read it; `failed`: it could not be determined.
   */
  readonly verdict: "expected" | "deviates" | "absent" | "refused" | "failed";
  /** The meaning of absent, refused and failed here. */
  readonly reason?: string;
  readonly deviations: readonly Deviation[];
  /** Members that the contract does not name; they are harmless. */
  readonly unknownMembers: readonly string[];
  /** The number of such answers: one for each object that was read, or for each page. */
  readonly times: number;
}

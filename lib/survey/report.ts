import type { Problem } from "../core/problem";
import type { Deviation } from "./conformity";

/** What came of looking at a system. */
export interface SystemReport {
  /** Its name in the provider's configuration: `vrops`. */
  readonly system: string;
  readonly title: string;
  /** Which provider configuration of the stack: `outbound.second`; absent where all comes from the environment. */
  readonly provider?: string;
  /**
   * `nothing wrong`: all that was asked is as expected, and what could not be asked is unknown; `wrong`: see the findings; `unknown`: only
   * Terraform knows where it is; `not configured`: nobody said where it is; `no API`: there is nobody to ask.
   */
  readonly state: "nothing wrong" | "wrong" | "unknown" | "not configured" | "no API";
  /** Why it was not asked; absent when it was. */
  readonly reason?: string;
  /** Where it is configured to be; absent while nobody knows. */
  readonly address?: string;
  /** Of the first answer, milliseconds; absent when there was none. */
  readonly answeredInMs?: number;
  readonly certificate?: SurveyedCertificate;
  readonly version: Stated;
  readonly edition: Stated;
  /** Who we are there. */
  readonly account: Stated;
  /** When the login ends. */
  readonly until: Stated;
  /** True when that is a session, of which each run makes its own. */
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
  /** Undefined where the certificate names nobody. */
  readonly issuer: string | undefined;
  /** ISO 8601. */
  readonly until: string;
  /** Those that vouch for it; `until` in ISO 8601. */
  readonly authorities: readonly { readonly name: string; readonly until: string }[];
}

export interface Right {
  /** As the vendor calls it. */
  readonly right: string;
  /** Resource types that do not work without it. */
  readonly for: readonly string[];
  readonly state: "granted" | "missing" | "unknown";
  /** Why it is unknown. */
  readonly reason?: string;
}

export interface Count {
  /** In the plural: "notification rules". */
  readonly kind: string;
  /** Absent when it is not known. */
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
   * `expected`: as the contract says; `deviates`: it may break deployments; `absent`: a server in order may not have it;
   * `refused`: the login may not read it; `failed`: nobody could tell.
   */
  readonly verdict: "expected" | "deviates" | "absent" | "refused" | "failed";
  /** What absent, refused and failed mean here. */
  readonly reason?: string;
  readonly deviations: readonly Deviation[];
  /** Members that the contract does not name; they do no harm. */
  readonly unknownMembers: readonly string[];
  /** How many such answers there were: one for each object that was looked into, or for each page. */
  readonly times: number;
}

import { jsonText, type JsonDocument } from "../core/json-document";
import type { Problem } from "../core/problem";
import type { Deviation } from "./conformity";
import type { SurveyAnswer, SurveyedCertificate, Count, Right, Stated, SystemReport } from "./report";
import { isWell } from "./survey";

/** What the configured systems are, as far as reading shows it. */
export interface SystemsDocument extends JsonDocument<"outbound-systems/1"> {
  /** True when all that could be asked is as expected: then the exit code is 0. */
  readonly ok: boolean;
  readonly systems: readonly SurveyedSystem[];
}

export interface SurveyedSystem {
  /** Its name in the provider's configuration: `vrops`. */
  readonly system: string;
  readonly title: string;
  /** The provider configuration of the stack; null where all settings come from the environment. */
  readonly provider: string | null;
  /**
   * `nothing wrong`, `wrong` (see the findings), `unknown` (only Terraform knows its address), `not configured` or `no
   * API`.
   */
  readonly state: SystemReport["state"];
  /** Why it was not read; null when it was. */
  readonly reason: string | null;
  /** Its configured address; null while it is not known. */
  readonly address: string | null;
  /** The time to the first answer, milliseconds; null when there was none. */
  readonly answeredInMs: number | null;
  /** Null without TLS, and where there was no answer. */
  readonly certificate: ShownCertificate | null;
  readonly version: Fact;
  readonly edition: Fact;
  /** The account that the login belongs to. */
  readonly account: Fact;
  /** When the login ends, ISO 8601. */
  readonly until: Fact;
  /** True when the login is a session, of which each run makes its own. */
  readonly renewed: boolean;
  readonly rights: readonly ShownRight[];
  readonly objects: readonly ShownCount[];
  readonly answers: readonly ShownAnswer[];
  readonly findings: readonly SurveyFinding[];
}

/** A fact, or why it is not known: one of the two is null. */
export interface Fact {
  readonly value: string | null;
  readonly unknown: string | null;
}

export interface ShownCertificate {
  readonly host: string;
  /** Null where the certificate has no issuer. */
  readonly issuer: string | null;
  /** ISO 8601. */
  readonly until: string;
}

export interface ShownRight {
  /** The vendor's name for it. */
  readonly right: string;
  /** Resource types that need it. */
  readonly for: readonly string[];
  readonly state: Right["state"];
  /** Why it is unknown; null when it is not. */
  readonly reason: string | null;
}

export interface ShownCount {
  /** "notification rules" */
  readonly kind: string;
  /** Null when the number is not known. */
  readonly count: number | null;
  /** True when there may be more than were counted. */
  readonly atLeast: boolean;
  /** Why it is not known; null when it is. */
  readonly unknown: string | null;
}

export interface ShownAnswer {
  readonly subject: string;
  /** `GET /api/alertplugins/types/{type}`: without ids. */
  readonly request: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly verdict: SurveyAnswer["verdict"];
  /** The meaning of absent, refused and failed here; null for answers that were read. */
  readonly reason: string | null;
  readonly deviations: readonly ShownDeviation[];
  /** Members that the contract does not name; they are harmless. */
  readonly unknownMembers: readonly string[];
  /** The number of such answers. */
  readonly times: number;
}

export interface ShownDeviation {
  /** JSON path: `$.rules[3].name`. */
  readonly place: string;
  readonly expected: string;
  /** Type and size, never the value: `text(12)`, `absent`. */
  readonly got: string;
  readonly times: number;
}

export interface SurveyFinding {
  readonly code: string;
  readonly severity: Problem["severity"];
  readonly summary: string;
  readonly got: string | null;
  readonly expected: string | null;
  readonly fix: string;
  /** The system's own words; null where it said nothing. */
  readonly evidence: string | null;
  /** Lines for a bug report; null where there are none. */
  readonly attachment: string | null;
}

/**
 * Writes reports as JSON.
 *
 * @param redact masks secrets
 */
export function systemsToJson(reports: readonly SystemReport[], redact: (text: string) => string): string {
  const document: SystemsDocument = {
    format: "outbound-systems/1",
    ok: isWell(reports),
    systems: reports.map((report) => shown(report)),
  };
  return redactedText(document, redact);
}

const shown = ({
  system,
  title,
  state,
  rights,
  objects,
  answers,
  findings,
  ...more
}: SystemReport): SurveyedSystem => ({
  system,
  title,
  provider: more.provider ?? null,
  state,
  reason: more.reason ?? null,
  address: more.address ?? null,
  answeredInMs: more.answeredInMs ?? null,
  certificate: more.certificate === undefined ? null : certificate(more.certificate),
  version: fact(more.version),
  edition: fact(more.edition),
  account: fact(more.account),
  until: fact(more.until),
  renewed: more.renewed,
  rights: rights.map(({ reason, ...right }) => ({ ...right, reason: reason ?? null })),
  objects: objects.map(count),
  answers: answers.map(answer),
  findings: findings.map(finding),
});

const fact = (stated: Stated): Fact =>
  "value" in stated ? { value: stated.value, unknown: null } : { value: null, unknown: stated.unknown };

const certificate = ({ host, issuer, until }: SurveyedCertificate): ShownCertificate => ({
  host,
  issuer: issuer ?? null,
  until,
});

const count = (one: Count): ShownCount => ({
  kind: one.kind,
  count: one.count ?? null,
  atLeast: one.atLeast ?? false,
  unknown: one.unknown ?? null,
});

const answer = ({ status, reason, deviations, ...one }: SurveyAnswer): ShownAnswer => ({
  ...one,
  status: status ?? null,
  reason: reason ?? null,
  deviations: deviations.map(({ place, expected, got, times }: Deviation) => ({ place, expected, got, times })),
});

const finding = ({ code, severity, summary, got, expected, fix, evidence, attachment }: Problem): SurveyFinding => ({
  code,
  severity,
  summary,
  got: got ?? null,
  expected: expected ?? null,
  fix,
  evidence: evidence ?? null,
  attachment: attachment ?? null,
});

/** Redacts each text by itself: what looks like a secret must not extend over quotes. */
function redactedText(document: SystemsDocument, redact: (text: string) => string): string {
  const redacted = JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    typeof value === "string" ? redact(value) : value,
  ) as SystemsDocument;
  return jsonText(redacted);
}

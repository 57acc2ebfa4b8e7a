import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import { silentLogger } from "../../../lib/core/log";
import type { Problem } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import type { SmtpProbeRequest, SmtpProbeResult } from "../../../lib/core/smtp-probe";
import { KsaarClient } from "../../../lib/systems/ksaar/client";
import { smtpConnectionResource } from "../../../lib/systems/ksaar/smtp-connection.resource";
import type { SmtpConnectionState } from "../../../lib/systems/ksaar/smtp-connection.schema";
import type { Context } from "../../../lib/terraform-plugin/resource";

export const PASSWORD = "correct horse battery";

const WORKS: SmtpProbeResult = { ok: true, verdict: "reachable: smtp.example.com:587", stages: [], report: "" };
export const REFUSED: SmtpProbeResult = {
  ok: false,
  verdict: "failed at AUTH",
  stages: [{ name: "AUTH", status: "failed", detail: "535 5.7.8 bad credentials", remedy: "Check the password." }],
  report: "FAIL  AUTH",
};
export const DOWNGRADED: SmtpProbeResult = {
  ...WORKS,
  stages: [
    {
      name: "TLS",
      status: "warning",
      detail: "no STARTTLS, so the password would travel in plain text",
      remedy: "Use 465.",
    },
  ],
};

/** One provider run with a probe that answers as it is told. */
export class Run {
  readonly reports: Problem[] = [];
  readonly probes: SmtpProbeRequest[] = [];
  readonly redactor = new Redactor();
  readonly client: KsaarClient;

  constructor(answer: SmtpProbeResult = WORKS) {
    this.client = new KsaarClient(async (request) => {
      this.probes.push(request);
      return answer;
    });
  }

  get context(): Context<KsaarClient> {
    return {
      client: this.client,
      signal: new AbortController().signal,
      log: silentLogger,
      redactor: this.redactor,
      report: (problem) => void this.reports.push(problem),
    };
  }

  codes(): string[] {
    return this.reports.map(({ code }) => code);
  }

  create(
    changes: Partial<SmtpConnectionState> = {},
    ownership: ObjectOwnership = withoutOwnership,
  ): Promise<SmtpConnectionState> {
    const planned = connection(changes);
    return smtpConnectionResource.create(
      {
        planned,
        config: { ...planned, password_wo: PASSWORD },
        private: {},
        ownership,
        save: () => undefined,
      },
      this.context,
    );
  }

  update(prior: SmtpConnectionState, changes: Partial<SmtpConnectionState>): Promise<SmtpConnectionState> {
    const planned = { ...prior, ...changes };
    return smtpConnectionResource.update!(
      {
        prior,
        planned,
        config: { ...planned, password_wo: PASSWORD },
        private: {},

        save: () => undefined,
      },
      this.context,
    );
  }
}

export function connection(changes: Partial<SmtpConnectionState> = {}): SmtpConnectionState {
  return {
    id: null,
    name: "Alertes",
    sender: "alerts@example.com",
    reply_to: null,
    host: "smtp.example.com",
    port: 587,
    authentication: "LOGIN",
    username: "alerts",
    password_wo: null,
    password_wo_version: 1,
    secure: null,
    default_connection: false,
    ca_certificate: null,
    verify: "required",
    confirmed: null,
    digest: null,
    attested: null,
    drift: null,
    without_login: false,
    instructions: null,
    verification: null,
    timeouts: null,
    ...changes,
  };
}

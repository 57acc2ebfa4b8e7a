import type { Deadline } from "../wire/deadline";
import { nameServers } from "../wire/name-servers";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { Session } from "../smtp/session";
import {
  AUTH,
  BANNER,
  CONFIG,
  DNS,
  EHLO,
  EHLO_TLS,
  MAIL,
  mx,
  nameOf,
  rcpt,
  TCP,
  TLS,
  type StageRef,
} from "../stage/stage";
import { LastStagePassed, StageFailed, StageLog } from "../stage/stage-log";
import type { Target } from "../smtp/target";
import type { Reached } from "../smtp/usable-server";
import { explainDns, explainTalk } from "./explain";
import { establish } from "./establish";
import { untried, type ReceiverResult } from "./receiver-result";
import type { Situation } from "./refusals";
import { runStage } from "./stages/run-stage";
import { situationOf } from "./stages/situation-of";
import { addresses } from "./stages/addresses";
import { configuration } from "./stages/configuration";
import { offerEnvelope } from "./stages/envelope";
import { domainsOf, lookUpMailDomains } from "./stages/mail-domains";
import type { SenderAlignment } from "./stages/sender-alignment";

/** Everything the walk found out. */
export interface Probed {
  /** Undefined when a stage failed. */
  readonly reached?: Reached;
  /** All addresses of the host. */
  readonly addresses: readonly string[];
  /** One for each receiver, in the target's order. */
  readonly receivers: readonly ReceiverResult[];
  /** ISO 8601; of the server's own certificate, trusted or not. */
  readonly certificateExpiresAt?: string;
  /** As it was when the probe ended. */
  readonly situation: Situation;
}

export interface ProbeOptions {
  /** Offer sender and receivers to the server and take them back; a delivery does that by itself. */
  readonly envelope: boolean;
  /**
   * Look up where mail for the receivers' domains goes. @default only when the target brings name servers: the
   * DNS of this machine may show other domains than the server sees
   */
  readonly mailDomains?: boolean;
}

/**
 * Walks from the configuration to the login, and on to the receivers when asked, over one connection
 * of its own. Sends nothing. What comes after a stage that failed is skipped.
 */
export async function probe(
  target: Target,
  options: ProbeOptions,
  runtime: ProbeRuntime,
  log: StageLog,
  deadline: Deadline,
): Promise<Probed> {
  const walk = new Walk(target, runtime, log, deadline);
  const stages = stagesOf(target, options);
  try {
    const reached = await walk.run(options);
    return { ...walk.found(), reached };
  } catch (error) {
    if (error instanceof LastStagePassed) {
      skipRest(stages, error.stage, log, `not asked for: the probe ends after ${error.stage}`);
      return walk.found();
    }
    if (!(error instanceof StageFailed)) throw error;
    // Of the other stages, the conversation itself tells.
    if ([CONFIG, DNS, TCP, TLS].includes(error.stage.name)) runtime.wire?.trouble(error.message);
    skipRest(stages, error.stage.name, log, `not reached: ${error.stage.name} failed`);
    return walk.found();
  } finally {
    walk.end();
  }
}

function skipRest(all: readonly StageRef[], after: string, log: StageLog, detail: string): void {
  for (const ref of all.slice(all.map(nameOf).indexOf(after) + 1)) {
    if (!log.stages.some(({ name }) => name === nameOf(ref))) log.skip(ref, detail);
  }
}

/** The stages in the order in which they happen. */
function stagesOf(target: Target, options: ProbeOptions): readonly StageRef[] {
  const talk =
    target.security === "starttls"
      ? [BANNER, EHLO, TLS, EHLO_TLS]
      : target.security === "tls"
        ? [TLS, BANNER, EHLO]
        : [BANNER, EHLO, TLS];
  const envelope = options.envelope ? [MAIL, ...target.to.map(rcpt)] : [];
  return [CONFIG, DNS, ...mailDomains(target, options).map(mx), TCP, ...talk, AUTH, ...envelope];
}

function mailDomains(target: Target, options: ProbeOptions): readonly string[] {
  return (options.mailDomains ?? target.dnsServers !== undefined) ? domainsOf(target.to) : [];
}

class Walk {
  private readonly session: Session;
  private addresses: readonly string[] = [];
  private readonly results = new Map<string, ReceiverResult>();

  constructor(
    private readonly target: Target,
    private readonly runtime: ProbeRuntime,
    private readonly log: StageLog,
    private readonly deadline: Deadline,
  ) {
    this.session = new Session(target, runtime, deadline);
  }

  async run(options: ProbeOptions): Promise<Reached> {
    const { target, runtime, log, deadline, session } = this;
    runtime.wire?.protect(target.login);
    const ca = await runStage(log, deadline, CONFIG, () => configuration(target, runtime), explainTalk(CONFIG));
    const resolve = () => addresses(target, runtime.resolver, deadline);
    this.addresses = await runStage(log, deadline, DNS, resolve, explainDns(target.host));
    const domains = mailDomains(target, options);
    if (domains.length > 0) {
      await lookUpMailDomains(domains, nameServers(target.dnsServers), runtime.clock, log, deadline);
    }
    const { ip, capabilities, mechanism } = await establish(session, this.addresses, ca, log);
    if (options.envelope) {
      const again = () => this.reconnect(ip, ca);
      await offerEnvelope(session, capabilities, again, log, (result) => this.results.set(result.address, result));
    }
    const { clientName } = session;
    const { maxSize, smtpUtf8 } = capabilities;
    return { ip, ca, mechanism, clientName, maxSize, smtpUtf8 };
  }

  found(): Omit<Probed, "reached"> {
    const { certificateExpiresAt } = this.session;
    return {
      addresses: this.addresses,
      situation: situationOf(this.session),
      receivers: untried(this.target.to).map((none) => this.results.get(none.address) ?? none),
      ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt }),
    };
  }

  end(): void {
    this.session.end(!this.log.stages.some(({ status }) => status === "failed"));
  }

  /** The same way once more, without a word about it: it has passed before. */
  private async reconnect(ip: string, ca: readonly string[] | undefined): Promise<Session> {
    const session = new Session(this.target, this.runtime, this.deadline);
    try {
      await establish(session, [ip], ca, new StageLog(this.runtime.clock, (text) => text));
      return session;
    } catch (error) {
      session.end(false);
      throw error;
    }
  }
}

/** Whoever asks for the sender's DNS wants the receivers' looked at too. */
export function domains({ dnsServers }: Target, alignment: SenderAlignment | undefined) {
  return { mailDomains: dnsServers !== undefined || alignment !== undefined };
}

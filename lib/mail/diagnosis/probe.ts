import type { CertificateLife } from "../wire/certificate";
import { nameServers } from "../wire/name-servers";
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
import type { ServerRun } from "./server-run";
import { LastStagePassed, StageFailed, StageLog } from "../stage/stage-log";
import type { Target } from "../smtp/target";
import type { UsableServer } from "../smtp/usable-server";
import { explainDns, explainDialogue } from "./explain";
import { establish } from "./establish";
import { untried, type ReceiverResult } from "./receiver-result";
import type { Situation } from "./refusals";
import { runStage } from "./stages/run-stage";
import { situationOf } from "./stages/situation-of";
import { addresses } from "./stages/addresses";
import { configuration } from "./stages/configuration";
import { offerEnvelope } from "./stages/envelope";
import { domainsOf, lookUpMailDomains } from "./stages/mail-domains";
import type { AlignmentOptions } from "./stages/sender-alignment";

/** Everything that a probe has found out. */
export interface Probed {
  /** Undefined when a stage failed. */
  readonly reached?: UsableServer;
  /** All addresses of the host. */
  readonly addresses: readonly string[];
  /** One for each receiver, in the target's order. */
  readonly receivers: readonly ReceiverResult[];
  /** The validity of the server's own certificate, trusted or not. */
  readonly certificateLife?: CertificateLife;
  /** The situation at the end of the probe. */
  readonly situation: Situation;
}

export interface ProbeOptions {
  /** Whether to offer sender and receivers to the server and withdraw them; a delivery does that by itself. */
  readonly envelope: boolean;
  /**
   * Whether to look up where mail for the receivers' domains goes. @default only when the target has name servers: this
   * machine's DNS may have other domains than the server sees
   */
  readonly mailDomains?: boolean;
}

/**
 * Runs the stages from the configuration to the login and, on request, to the receivers, over one connection of its
 * own. Sends nothing. Stages after a failed one are skipped.
 */
export async function probe(run: ServerRun, options: ProbeOptions): Promise<Probed> {
  const { target, runtime, log } = run;
  const walk = new Walk(run);
  const stages = stagesOf(target, options);
  try {
    const reached = await walk.toTheEnd(options);
    return { ...walk.found(), reached };
  } catch (error) {
    if (error instanceof LastStagePassed) {
      skipRest(stages, error.stage, log, `not asked for: the probe ends after ${error.stage}`);
      return walk.found();
    }
    if (!(error instanceof StageFailed)) throw error;
    // The other stages are visible in the conversation itself.
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

  constructor(private readonly run: ServerRun) {
    this.session = new Session(run.target, run.runtime, run.deadline);
  }

  async toTheEnd(options: ProbeOptions): Promise<UsableServer> {
    const { run, session } = this;
    const { target, runtime, deadline } = run;
    runtime.wire?.protect(target.login);
    const ca = await runStage(run, CONFIG, () => configuration(target, runtime), explainDialogue(CONFIG));
    const resolve = () => addresses(target, runtime.resolver, deadline);
    this.addresses = await runStage(run, DNS, resolve, explainDns(target.host));
    const domains = mailDomains(target, options);
    if (domains.length > 0) {
      await lookUpMailDomains(run, domains, nameServers(target.dnsServers));
    }
    const { ip, capabilities, mechanism } = await establish(run, session, this.addresses, ca);
    if (options.envelope) {
      const again = () => this.reconnect(ip, ca);
      await offerEnvelope(run, session, capabilities, again, (result) => this.results.set(result.address, result));
    }
    const { clientName } = session;
    const { maxSize, smtpUtf8 } = capabilities;
    return { ip, ca, mechanism, clientName, maxSize, smtpUtf8 };
  }

  found(): Omit<Probed, "reached"> {
    const { certificateLife } = this.session;
    return {
      addresses: this.addresses,
      situation: situationOf(this.session),
      receivers: untried(this.run.target.to).map((none) => this.results.get(none.address) ?? none),
      ...(certificateLife && { certificateLife }),
    };
  }

  end(): void {
    this.session.end(!this.run.log.stages.some(({ status }) => status === "failed"));
  }

  /** Connects in the same way once more, without stages: it has succeeded before. */
  private async reconnect(ip: string, ca: readonly string[] | undefined): Promise<Session> {
    const { target, runtime, deadline } = this.run;
    const session = new Session(target, runtime, deadline);
    try {
      const unwritten = { ...this.run, log: new StageLog(runtime.clock, (text) => text) };
      await establish(unwritten, session, [ip], ca);
      return session;
    } catch (error) {
      session.end(false);
      throw error;
    }
  }
}

/** A user who asks for the sender's DNS also wants the receivers'. */
export function domains({ dnsServers }: Target, alignment: AlignmentOptions | undefined) {
  return { mailDomains: dnsServers !== undefined || alignment !== undefined };
}

import type { Capabilities } from "../smtp/capabilities";
import type { Mechanism } from "../smtp/login";
import type { Session } from "../smtp/session";
import { AUTH, BANNER, EHLO, EHLO_TLS, TCP, TLS } from "../stage/stage";
import { connectToAny } from "./stages/connection";
import { explainDialogue, explainTls } from "./explain";
import type { ServerRun } from "./server-run";
import { runStage } from "./stages/run-stage";
import { authentication } from "./stages/authentication";
import { implicitTls, staysInClear, startTls } from "./stages/encryption";
import { banner, hello } from "./stages/greeting";

/** A connection on which mail could be sent. */
export interface Established {
  readonly ip: string;
  readonly capabilities: Capabilities;
  /** Undefined without a login. */
  readonly mechanism: Mechanism | undefined;
}

/** Runs the stages of one connection, from the addresses to the login. */
export async function establish(
  run: ServerRun,
  session: Session,
  addresses: readonly string[],
  ca: readonly string[] | undefined,
): Promise<Established> {
  const { target, log, deadline } = run;
  const { socket, ip } = await runStage(
    run,
    TCP,
    () => connectToAny(addresses, target, deadline),
    explainDialogue(TCP),
  );
  session.connected(socket);

  if (target.security === "tls") {
    await runStage(run, TLS, () => implicitTls(session, ip, ca), explainTls(target));
  }
  await runStage(run, BANNER, () => banner(session, ip, ca), explainDialogue(BANNER));
  let capabilities = await runStage(run, EHLO, () => hello(session), explainDialogue(EHLO));
  if (target.security === "starttls" && target.onlyIfOffered === true && !capabilities.startTls) {
    await runStage(run, TLS, () => staysInClear(capabilities), explainDialogue(TLS));
    log.skip(EHLO_TLS, "not reached: the connection stays in plain text");
  } else if (target.security === "starttls") {
    const upgrade = () => startTls(session, ip, capabilities, ca);
    await runStage(run, TLS, upgrade, explainTls(target));
    // Anybody may have changed what was offered before encryption: ask again.
    capabilities = await runStage(run, EHLO_TLS, () => hello(session), explainDialogue(EHLO_TLS));
  } else if (target.security === "none") {
    log.skip(TLS, "not configured: the connection stays in plain text");
  }
  const login = () => authentication(session, capabilities);
  const mechanism = await runStage(run, AUTH, login, explainDialogue(AUTH));
  return { ip, capabilities, mechanism };
}

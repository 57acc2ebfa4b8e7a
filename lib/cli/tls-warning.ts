import { SWITCH, verificationStaysOn } from "../core/tls-verification";
import { announced } from "./announced";
import type { Surroundings } from "./surroundings";

/** Warns, as the provider does, that certificates are verified although the environment asks for the opposite. */
export function warnOfTlsSwitch({ environment, err }: Pick<Surroundings, "environment" | "err">): void {
  if (environment[SWITCH] === "0") err(announced(verificationStaysOn));
}

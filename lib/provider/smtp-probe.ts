import type { SmtpProbe } from "../core/smtp-probe";
import type { Target } from "../mail";
import type { Runtime } from "../systems/kit/system";

/** Gives systems that cannot test by themselves the probe of `lib/mail`, without a dependency between the two. */
export function smtpProbeOf(runtime: Omit<Runtime, "smtpProbe">): SmtpProbe {
  return async ({ security, login, ca, from, ...where }, signal) => {
    if (login !== undefined) runtime.redactor.addCredentials(login.username, login.password);
    const onlyIfOffered = security === "starttls-if-offered";
    const target: Target = {
      ...where,
      security: onlyIfOffered ? "starttls" : security,
      onlyIfOffered,
      ...(login === undefined ? {} : { login }),
      ...(ca === undefined ? {} : { ca }),
      from,
      to: [],
    };
    const { renderStages, runProbe } = await import("../mail");
    const outcome = await runProbe(target, runtime, { signal, redact: (text) => runtime.redactor.redact(text) });
    signal.throwIfAborted();
    return { ...outcome, report: renderStages(outcome.stages) };
  };
}

import type { SmtpProbe } from "../../lib/core/smtp-probe";

/** For systems that ask for no probe. */
export const noProbe: SmtpProbe = async ({ host }) => {
  throw new Error(`nobody should have probed ${host}`);
};

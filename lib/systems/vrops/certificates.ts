import { ProblemError } from "../../core/problem";
import type { Certificate, ChangedPlugin, Plugin } from "./contract";
import type { DesiredPlugin } from "./desired-plugin";
import { PLUGIN_OUTCOME } from "./plugin-outcome";
import { untrustedCertificate } from "./certificates.errors";
import type { PluginContext } from "./plugin-sync";
import { isPinned } from "./shown-certificate";

/**
 * Accepts a certificate that vROps does not trust, if and only if it is the pinned one. Others are never accepted, not even
 * beside the pinned one; vROps then reports whether they matter.
 *
 * @throws ProblemError `vrops/untrusted-certificate` or `vrops/thumbprint-mismatch`, with the presented certificate
 */
export async function settleCertificates(
  written: Plugin,
  body: ChangedPlugin,
  { pin, server }: Pick<DesiredPlugin, "pin" | "server">,
  { plugins, signal }: Pick<PluginContext, "plugins" | "signal">,
  during: "create" | "update",
): Promise<void> {
  const presented = written.certificates ?? [];
  if (presented.length === 0) return;
  // A certificate without a handle cannot be accepted.
  const isAccepted = (certificate: Certificate) => Boolean(certificate.thumbprint) && isPinned(certificate, pin);
  const refuse = (certificates: readonly Certificate[]) =>
    new ProblemError(
      untrustedCertificate(written.name, { presented: certificates, pin, server }, PLUGIN_OUTCOME[during]),
    );
  const accepted = presented.find(isAccepted);
  if (accepted === undefined) throw refuse(presented);
  const reply = await plugins.acceptCertificates(
    // The handle goes back in the server's own notation, whatever the pin is.
    { ...body, certificates: [{ ...accepted, thumbprint: accepted.thumbprint! }] },
    signal,
  );
  const left = (reply.certificates ?? []).filter((certificate) => !isAccepted(certificate));
  if (left.length > 0) throw refuse(left);
}

import { ProblemError } from "../../core/problem";
import type { Certificate, ChangedPlugin, Plugin } from "./contract";
import { AFTERMATH, untrustedCertificate } from "./errors";
import type { PluginContext } from "./plugin-sync";
import { sameThumbprint } from "./thumbprint";

/**
 * Accepts the certificate that vROps does not trust, if and only if it is the pinned one. Others are
 * never accepted, not even in the company of the pinned one; whether they matter, vROps then says.
 *
 * @throws ProblemError `vrops/untrusted-certificate` or `vrops/thumbprint-mismatch`, with what was presented
 */
export async function settleCertificates(
  written: Plugin,
  body: ChangedPlugin,
  pin: string | null,
  { plugins, signal }: Pick<PluginContext, "plugins" | "signal">,
  during: "create" | "update",
): Promise<void> {
  const presented = written.certificates ?? [];
  if (presented.length === 0) return;
  const isPinned = ({ thumbprint }: Certificate) => pin !== null && !!thumbprint && sameThumbprint(thumbprint, pin);
  const refuse = (certificates: readonly Certificate[]) =>
    new ProblemError(untrustedCertificate(written.name, certificates, pin, AFTERMATH[during]));
  const accepted = presented.find(isPinned);
  if (accepted === undefined) throw refuse(presented);
  const reply = await plugins.acceptCertificates(
    // The thumbprint goes back in the server's own notation.
    { ...body, certificates: [{ ...accepted, thumbprint: accepted.thumbprint! }] },
    signal,
  );
  const left = (reply.certificates ?? []).filter((certificate) => !isPinned(certificate));
  if (left.length > 0) throw refuse(left);
}

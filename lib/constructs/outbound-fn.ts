import { PROVIDER_NAME } from "../package/identity";
import { ProblemError } from "../core/problem";
import { Token, call } from "./cdktf";
import { literalSecretVersion } from "./secret.errors";
import { isReference } from "./synthesis";

/**
 * The provider's functions, the counterpart of CDKTF's `Fn`. Terraform evaluates them; the stack needs an
 * `OutboundProvider`.
 */
export const OutboundFn = {
  /**
   * The SHA-1 thumbprint of a certificate, for `trustedCertificateThumbprint`.
   *
   * @param pem the certificate, or a reference to one: `Fn.file("relay.pem")`.
   */
  thumbprint(pem: string): string {
    return Token.asString(call(functionName("thumbprint"), [pem]));
  },

  /**
   * A whole number from 1 to 1024 that changes when a secret does, for `passwordWoVersion`.
   *
   * @param reference to the secret, `variable.stringValue`. It must not be ephemeral, as `Secret.variable` makes its
   * variable: Terraform stores versions, and nothing that derives from an ephemeral value.
   * @throws `constructs/literal-secret-version` when it is a literal, which would end up in `cdktf.out`.
   */
  secretVersion(reference: string): number {
    if (!isReference(reference)) throw new ProblemError(literalSecretVersion());
    return Token.asNumber(call(functionName("secret_version"), [reference]));
  },
};

const functionName = (name: string) => `provider::${PROVIDER_NAME}::${name}`;

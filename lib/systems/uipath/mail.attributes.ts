import { bool, string, wholeNumber } from "../../terraform-plugin/schema";
import { emailAddress } from "../../validators/email-address";
import { hostName } from "../../validators/host-name";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { port } from "../../validators/port";
import { singleLine, singleLineSecret } from "../../validators/single-line";
import { notAMask } from "./mask";

/** The attributes that the mail settings of tenant, organization and host have in common. */
export const mailAttributes = {
  domain: string("optional", {
    description: "The Windows domain of `username`, for servers that want one. Unset: none.",
    validators: [nonEmpty, singleLine],
  }),
  username: string("optional", {
    description: "The user UiPath authenticates as at the SMTP server. Unset: no authentication.",
    validators: [nonEmpty, singleLine],
  }),
  password_wo: string("optional", {
    description:
      "The user's password; at Gmail an app password. Write-only: it reaches UiPath and is kept nowhere else. Every apply that changes a mail setting sends it again.",
    sensitive: true,
    writeOnly: true,
    validators: [nonEmptySecret(), singleLineSecret, notAMask],
  }),
  password_wo_version: wholeNumber("optional", {
    description:
      "Raise it when `password_wo` changes: UiPath shows only a mask, so neither Terraform nor UiPath can tell that the password is a new one.",
    default: 1,
    validators: [integer({ min: 0 })],
  }),
  enable_ssl: bool("optional", {
    description:
      "Whether the connection is encrypted: STARTTLS on 587 and 25, TLS from the first byte on 465 (not in releases of 2018).",
    default: true,
  }),
  use_default_credentials: bool("optional", {
    description:
      "Log in as the Windows account the service runs under; `username` and `password_wo` are then ignored by UiPath. For servers of the same Windows domain.",
    default: false,
  }),
  sender_name: string("optional", {
    description: "The name shown beside the sender's address. Unset: none.",
    validators: [nonEmpty, singleLine],
  }),
  adopt_existing: bool("optional", {
    description:
      "Take over settings that differ from these and change them. Unset: that is an error naming the import command, because another stack or a person may rely on them. Equal settings are always taken over.",
    default: false,
  }),
};

export const smtpHost = { validators: [hostName] };
export const smtpPort = { validators: [port] };
export const senderAddress = { validators: [emailAddress] };

/** Like `nonEmpty`, without quoting the value. */
function nonEmptySecret() {
  return {
    describes: nonEmpty.describes,
    check: (value: string) => {
      const problem = nonEmpty.check(value);
      return problem && { ...problem, got: "an empty secret" };
    },
  };
}

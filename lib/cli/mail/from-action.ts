import { probeActionSchema, sendTestEmailSchema } from "../../mail";
import { localName } from "../../plan/addresses";
import { isObject } from "../../plan/masking";
import type { Declaration } from "./declared";

/** The actions that test mail. */
export const ACTION_TYPES: readonly string[] = [sendTestEmailSchema.type, probeActionSchema.type];

/** Whether it is the address of an action, in a module too. */
export const isAction = (address: string): boolean => localName(address).startsWith("action.");

/**
 * The settings of an `outbound_send_test_email` in those of an `outbound_test_email`: an action names the variables of its
 * passwords, since its configuration stands in the plan.
 */
export function asTestEmail<Found extends Pick<Declaration, "values">>(
  found: Found,
): Found & Pick<Declaration, "password" | "mailboxPasswords"> {
  const { password_environment: password, imap, ...others } = found.values;
  const { password_environment: mailboxPassword, ...mailbox } = isObject(imap) ? imap : {};
  return {
    ...found,
    values: isObject(imap) ? { ...others, imap: mailbox } : others,
    ...(typeof password === "string" ? { password: { variable: password } } : {}),
    ...(typeof mailboxPassword === "string" ? { mailboxPasswords: { imap: { variable: mailboxPassword } } } : {}),
  };
}

import type { WholeNumber } from "../../terraform-plugin/numbers";
import type { SmtpConnectionState } from "./smtp-connection.schema";

/** The values to enter in Ksaar, each as it really is. */
export interface ConnectionDeclaration {
  readonly name: string;
  readonly sender: string;
  readonly replyTo: string;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly authentication: "PLAIN" | "LOGIN";
  /** Null: no login. */
  readonly username: string | null;
  readonly passwordVersion: WholeNumber;
  readonly isDefault: boolean;
}

export function declarationOf(state: SmtpConnectionState): ConnectionDeclaration {
  return {
    name: state.name,
    sender: state.sender,
    replyTo: state.reply_to ?? state.sender,
    host: state.host,
    port: state.port,
    secure: state.secure ?? usuallySecure(state.port),
    authentication: state.authentication as ConnectionDeclaration["authentication"],
    username: state.username,
    passwordVersion: state.password_wo_version,
    isDefault: state.default_connection,
  };
}

/** Whether `secure` is usual for a port. Ksaar's own advice: on for 465, off for the others. */
const usuallySecure = (port: number): boolean => port === 465;

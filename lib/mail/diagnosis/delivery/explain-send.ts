import { getSystemErrorName } from "node:util";
import type { Problem } from "../../../core/problem";
import { messageOf } from "../../../core/thrown";
import { printable } from "../../../core/printable";
import { StepTimeout } from "../../wire/deadline";
import { DialogueError } from "../../smtp/dialogue";
import { isPositive, parseReply } from "../../smtp/reply";
import type { Target } from "../../smtp/target";
import { explainDialogue, explainTls } from "../explain";
import { brokenProtocol, hungUp, silent } from "../errors";
import { explainReply, type Situation } from "../refusals";

interface NodemailerError {
  readonly command?: string;
  readonly response?: string;
  readonly originalCode?: string;
  readonly errno?: number;
  readonly code?: string;
  /** The wait that timed out. */
  readonly timeoutType?: string;
  /** The length of that wait. */
  readonly waitedMs?: number;
}

/**
 * Explains an error of nodemailer. It overwrites `code`; the reply, the original code and errno still identify the
 * cause.
 */
export function explainSend(error: unknown, stage: string, target: Target, situation: Situation): Problem {
  const { command = "", response, originalCode, errno, code, timeoutType, waitedMs } = (error ?? {}) as NodemailerError;
  const reply = response === undefined ? undefined : parseReply(response);
  if (response !== undefined && !reply) {
    return brokenProtocol(stage, "not an SMTP reply", printable(response));
  }
  if (reply && !isPositive(reply)) {
    const at = command.startsWith("AUTH") ? "AUTH" : command === "EHLO" ? "EHLO" : "banner";
    return explainReply(reply, { ...situation, stage: at }).problem;
  }
  if (code === "EPROTOCOL") return brokenProtocol(stage, "a reply without end", undefined);
  // nodemailer timed out, in a step of its own.
  if (timeoutType !== undefined) return silent(stage, waitedMs ?? 0);
  // Without an error code of the system there was no error: the server closed the connection properly.
  if (code === "ECONNECTION" && originalCode === undefined && errno === undefined) return hungUp(stage, undefined);
  const system = originalCode ?? (typeof errno === "number" ? getSystemErrorName(errno) : code);
  const original = Object.assign(new Error(messageOf(error)), { code: system });
  const tls = code === "ETLS" || /^ERR_(SSL|TLS)|CERT/.test(system ?? "");
  if (tls) return explainTls(target)(original);
  return explainDialogue(stage)(error instanceof StepTimeout || error instanceof DialogueError ? error : original);
}

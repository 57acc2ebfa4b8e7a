import { ProblemError, type Problem } from "../../core/problem";

/** Problems with the file of a history. */

const error = (code: string, facts: Omit<Problem, "code" | "severity">) =>
  new ProblemError({ code: `history/${code}`, severity: "error", ...facts });

export const notAFile = (path: string, got: string) =>
  error("not-a-file", {
    summary: "The history is kept in a file of its own, and this is none",
    got: `${path}: ${got}`,
    expected: "a regular file, or a path where there is nothing yet",
    fix: "Name the file itself with --history.",
  });

/** `evidence` is the operating system's message. */
export const notWritable = (path: string, evidence: string) =>
  error("not-writable", {
    summary: "The history cannot be written",
    got: path,
    expected: "a file of this user, with room on its disk",
    fix: "Name another file with --history, or keep none with --no-history.",
    evidence,
  });

export const notReadable = (path: string, evidence: string) =>
  error("not-readable", {
    summary: "The history cannot be read",
    got: path,
    fix: "It is readable by the user that `outbound watch` runs as, and by nobody else.",
    evidence,
  });

export const noHistory = (path: string) =>
  error("none", {
    summary: "There is no history",
    got: path,
    expected: "the file that `outbound watch` writes",
    fix: "Run `outbound watch`, or name its file with --history.",
  });

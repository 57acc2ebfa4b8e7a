import type { Finding } from "../core/finding";
import type { AnnouncedState, Announcement } from "./announcement";

/** The name and the icon of each state, the same in every channel. */
export const STATE: Readonly<Record<AnnouncedState, { readonly icon: string; readonly words: string }>> = {
  ok: { icon: "✅", words: "is in order again" },
  failed: { icon: "❌", words: "is not in order" },
  unknown: { icon: "❔", words: "could not be checked" },
};

export const titleOf = ({ stack, state }: Announcement): string => `Alert mail of ${stack} ${STATE[state].words}`;

const ICON: Readonly<Record<Finding["severity"], string>> = { error: "❌", warning: "⚠️", note: "ℹ️" };

/** A finding in a chat message: its summary, its path, and what to do. */
export function findingInWords({ severity, summary, path, fix, acknowledged }: Finding): string {
  const icon = acknowledged === undefined ? ICON[severity] : "☑️";
  return `${icon} ${summary}${path === "" ? "" : ` (${path})`}. ${fix}`;
}

/** Says how many findings a chat message leaves out. */
export const leftOut = (count: number): string => `… and ${count} more, in the log of the check.`;

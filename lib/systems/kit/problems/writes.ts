import type { Problem } from "../../../core/problem";
import { prose } from "../../../core/prose";
import { sentence, systemError, systemWarning, theObject, type ObjectRef, type ObjectWords } from "../words";
import { commandFor } from "./ownership";

/** The problems of a write whose result differs from its answer, or whose object is gone. */

/** The object was removed since the plan, or during the run. */
export const vanished = (words: ObjectWords, ref: ObjectRef): Problem =>
  systemError(words.system, "vanished", {
    summary: `${sentence(theObject(words, ref))} is gone from ${words.system.title}: it was removed after Terraform had planned`,
    got: `no such ${words.kind}`,
    fix: "Run it again: the new plan will create it.",
  });

/** The system reported success, but showed something else until the time-out. */
export const notKept = (words: ObjectWords, ref: ObjectRef, differences: readonly string[]): Problem =>
  systemError(words.system, "not-kept", {
    summary: `${words.system.title} said yes to the change of ${theObject(words, ref)}, but shows something else`,
    got: differences.join("; "),
    expected: "what was sent",
    fix: `Run it again: what is there by then is compared anew. If it stays so, somebody else sets it, or ${words.system.title} does not take these values.`,
  });

/** The system reported that it created the object, but neither a list nor the object itself showed it until the time-out. */
export const notShown = (words: ObjectWords, ref: ObjectRef): Problem =>
  systemError(words.system, "not-shown", {
    summary: `${words.system.title} said that it created ${theObject(words, ref)}, but does not show it`,
    got: `no such ${words.kind}`,
    fix: prose`Look whether it is there (${words.where}). If so, take it over: ${commandFor(words, ref.id)}. If not, run this again.`,
  });

/** The system reported that it deleted the object, but showed it until the time-out. `evidence` is its answer. */
export const notGone = (
  words: ObjectWords,
  ref: ObjectRef,
  evidence?: string,
  said: "yes" | "no such object" = "yes",
): Problem =>
  systemError(words.system, "not-gone", {
    summary:
      said === "yes"
        ? `${words.system.title} said yes to the deletion of ${theObject(words, ref)}, but still has it`
        : `${words.system.title} said that ${theObject(words, ref)} does not exist, but still has it`,
    got: "the object, when asked for again",
    expected: `no such ${words.kind}`,
    fix: `Run it again: it stays in Terraform's state until it is gone. If ${words.system.title} goes on like this, delete it by hand (${words.where}); the next run then finds it gone.`,
    ...(evidence === undefined ? {} : { evidence }),
  });

/** It is unknown whether the deletion happened, and checking failed as well. `evidence` is the reason. */
export const deletionUnknown = (words: ObjectWords, ref: ObjectRef, evidence: string): Problem =>
  systemError(words.system, "deletion-unknown", {
    summary: `Whether ${theObject(words, ref)} is deleted is not known: ${words.system.title} could not be asked afterwards`,
    fix: "Run it again: it stays in Terraform's state until it is surely gone.",
    evidence,
  });

/** Terraform forgets the object, but it continues to exist: the system has no call to delete it. */
export const leftBehind = (words: ObjectWords, ref: ObjectRef, fix: string, evidence?: string): Problem =>
  systemWarning(words.system, "left-behind", {
    summary: `${sentence(theObject(words, ref))} stays in ${words.system.title}; Terraform only forgets it`,
    expected: `its deletion, which ${words.system.title} does not offer here`,
    fix,
    ...(evidence === undefined ? {} : { evidence }),
  });

import type { Problem } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import { objectName as named, type NamedObject } from "../object-name";
import { addressOf, importCommand, movedBlock, moveFromIdCall, removedBlock } from "../../core/terraform-text";
import type { LedgerFailure } from "./ledger";
import type { Standing } from "./standing";

/** The problems of an object that two addresses of one state claim. They never advise anything that would delete it. */

const OLD = "OLD_NAME";
const NEW = "NEW_NAME";

/** A move from the address of one resource type to that of another, or of the same. */
interface Passage {
  readonly from: string;
  readonly to: string;
}

/**
 * The `moved` block with placeholders, because the provider never learns addresses. Terraform moves nothing between types.
 */
const moved = ({ id }: NamedObject, { from, to }: Passage) =>
  from === to
    ? `${movedBlock(addressOf(from, OLD), addressOf(to, NEW))}

In CDKTF, on the construct's resource: ${moveFromIdCall(addressOf(from, OLD))}`
    : `${removedBlock(addressOf(from, OLD))}

${importCommand(to, id, addressOf(to, NEW))}`;

const nextTime = ({ from, to }: Passage) =>
  from === to
    ? {
        expected: "a `moved` block that says so: then the plan shows no creation and no destruction",
        fix: "Nothing has to be done now. Next time, add the block below before the apply; OLD_NAME and NEW_NAME stand for the two addresses.",
      }
    : {
        expected:
          "that the one address lets it go and the other one adopts it, since Terraform moves nothing between types",
        fix: "Nothing has to be done now. Next time, apply the block below in place of the old address, then run the command; OLD_NAME and NEW_NAME stand for the two addresses.",
      };

/** @param heldAs the resource type of the address that is removed */
export const passedToNewAddress = (object: NamedObject, heldAs = object.type): Problem => ({
  code: "terraform/passed-to-new-address",
  severity: "warning",
  summary: `${named(object)} passes to its new address`,
  got: "one address of this state that has it goes away, and another one that declares the same appears",
  ...nextTime({ from: heldAs, to: object.type }),
  attachment: moved(object, { from: heldAs, to: object.type }),
});

/** @param takenAs the resource type of the new address */
export const leftToNewAddress = (object: NamedObject, takenAs = object.type): Problem => ({
  code: "terraform/left-to-new-address",
  severity: "warning",
  summary: `${named(object)} is not removed: another address of this state declares the same object`,
  got: "a destruction at one address, a creation of the same object at another",
  ...nextTime({ from: object.type, to: takenAs }),
  attachment: moved(object, { from: object.type, to: takenAs }),
});

export const madeAnewInPlace = (object: NamedObject): Problem => ({
  code: "terraform/made-anew-in-place",
  severity: "warning",
  summary: `${named(object)} was set up anew in place instead of being made a second time and removed`,
  got: "a replacement with create_before_destroy of an object of which there can be only one",
  expected: "one object, as declared",
  fix: "Nothing has to be done.",
});

export const alsoKept = (object: NamedObject): Problem => ({
  code: "terraform/kept-by-another-address",
  severity: "warning",
  summary: `${named(object)} is not removed: another address of this state has it too`,
  got: "two addresses for one object; this one goes away",
  expected: "one address for each object",
  fix: "Nothing has to be done: it stays with the other address.",
});

export const successorFailed = (object: NamedObject): Problem => ({
  code: "terraform/successor-failed",
  severity: "error",
  summary: `${named(object)} is not removed, since the resource that takes its place could not be made`,
  got: "a creation of the same object at another address, which failed in this run",
  expected: "the creation succeeds first",
  fix: "Mend what the other error says and apply again: the object passes to its new address then.",
});

/** The disk is full, or the folder read-only: the run continues, and its processes know less of each other. */
export const runNotRecorded = ({ path, error }: LedgerFailure): Problem => ({
  code: "terraform/run-not-recorded",
  severity: "warning",
  summary: "The record of this run could not be written",
  got: `${messageOf(error)} (${path})`,
  expected: "a file that can grow: in it the processes of a run tell each other which objects pass to which address",
  fix:
    "This run goes on without it. Make room there, or name another folder by TF_DATA_DIR. Should an object that passes to another " +
    "address have been refused or made anew, plan and apply again.",
});

/** Why a create must not take an object that it has found. */
export function cannotTake(
  object: NamedObject,
  standing: Exclude<Standing, { readonly kind: "free" | "passing" | "own" | "gone" }>,
): Problem {
  if (standing.kind === "kept") return keptElsewhere(object, standing.heldAs ?? object.type);
  const refusals = { taken: takenInThisRun, renaming: beingRenamed, unknowable };
  return refusals[standing.kind](object);
}

const keptElsewhere = (object: NamedObject, heldAs: string): Problem => ({
  code: "terraform/owned-by-another-address",
  severity: "error",
  summary: `${named(object)} already belongs to another address of this state`,
  got: "two addresses that declare the same object",
  expected: "one address for each object",
  ...(heldAs === object.type
    ? {
        fix:
          "Give this one another identity, or take its declaration out again (nothing was made for it). " +
          "If the resource is meant to move here, use the first block below; to let the other address go without removing the object, the second.",
        attachment: `${moved(object, { from: heldAs, to: heldAs })}\n\n${removedBlock(addressOf(heldAs))}`,
      }
    : {
        fix:
          "Give this one another identity, or take its declaration out again (nothing was made for it). " +
          `The other address is one of ${heldAs}, and Terraform moves nothing between types: if the object is meant to be here, let the other address go by the block below, then run the command.`,
        attachment: moved(object, { from: heldAs, to: object.type }),
      }),
});

const takenInThisRun = (object: NamedObject): Problem => ({
  code: "terraform/declared-twice",
  severity: "error",
  summary: `${named(object)} is declared at two addresses`,
  got: "another address of this run has made or taken the object",
  expected: "one address for each object",
  fix: "Give one of the two another identity, or take this declaration out again (nothing was made for it).",
});

const beingRenamed = (object: NamedObject): Problem => ({
  code: "terraform/owner-is-being-renamed",
  severity: "error",
  summary: `${named(object)} belongs to another address, which gives it another identity in this very run`,
  got: "the object as it was before that change",
  expected: "the change is made first",
  fix: "Apply again: once the other address has its new identity, this one gets an object of its own.",
});

export const identityNotFreeYet = (object: NamedObject): Problem => ({
  code: "terraform/identity-not-free-yet",
  severity: "warning",
  summary: `${named(object)}: another object has this identity until its own change of this run`,
  got: "the change that gives the identity up and the one that takes it, in no order that Terraform would know",
  expected: "first the one, then the other",
  fix: "If the change was refused for that reason, apply again: the identity is free then.",
});

export const stillUsedPerhaps = (object: NamedObject): Problem => ({
  code: "terraform/still-used-perhaps",
  severity: "warning",
  summary: `${named(object)}: an object that passes to a new address may still use it`,
  got: "an object that was let go by its old address and that its new one has not changed yet",
  expected: "first that change, then the deletion",
  fix: "If the deletion was refused for that reason, apply again: the other object uses it no more then.",
});

export const identitiesExchanged = (object: NamedObject): Problem => ({
  code: "terraform/identities-exchanged",
  severity: "warning",
  summary: `${named(object)}: another object has this identity, and is to get this one's`,
  got: "two objects that exchange their identities in one run, where no two may have the same",
  expected: "one of them gets a third identity in between",
  fix: "Apply with another identity for one of the two first, then with the exchanged ones. Or exchange the addresses instead: `moved` blocks change nothing outside.",
});

const unknowable = (object: NamedObject): Problem => ({
  code: "terraform/owner-unknown",
  severity: "error",
  summary: `${named(object)} exists already, and whose it is cannot be known here`,
  got: "a saved plan that was made in another folder or on another machine, or no folder to keep the record of a run in",
  expected: "plan and apply in one working directory, so that the apply knows what other addresses have",
  fix:
    "Plan and apply again in this working directory. If no address of this state has the object, " +
    `\`${importCommand(object.type, object.id)}\` adopts it.`,
});

import { ProblemError, type Problem } from "cdktf-provider-outbound";

/** The errors of an environment that is split into stacks. */

const error = (code: string, facts: Omit<Problem, "code" | "severity">) =>
  new ProblemError({ code: `stacks/${code}`, severity: "error", ...facts });

export const noGroup = (platform: string) =>
  error("no-group", {
    summary: `The platform ${platform} has no group, so that it is not known which stack it belongs to`,
    expected: 'with `split: "group"`, a `group` of every platform',
    fix: "Name its group. It stays there whatever comes or goes: a group that is chosen for it would not.",
  });

export const groupWithoutSplit = (platform: string) =>
  error("group-without-split", {
    summary: `The platform ${platform} names a group, and the environment is not split by them`,
    expected: '`split: "group"` in the environment',
    fix: "Split the environment by groups, or take `group` and `movedFrom` out of its platforms.",
  });

export const sameGroup = (platform: string, group: string) =>
  error("same-group", {
    summary: `The platform ${platform} is said to move from the group that it is in`,
    got: `group and movedFrom are both ${group}`,
    fix: "Write into `movedFrom` the group that it was in before; once both stacks are deployed, take it out.",
  });

export const badStackName = (part: string) =>
  error("bad-stack-name", {
    summary: "This cannot be part of a stack's name",
    got: part,
    expected: "letters, digits, - and _",
    fix: 'Rename the group. A platform of another name is given one with `split: "group"`.',
  });

export const nameTaken = (name: string) =>
  error("name-taken", {
    summary: "Two environments would have a stack of the same name, and so one state",
    got: name,
    fix: "Rename the group or platform, or the file of the other environment.",
  });

export const noSuchNumber = (stacks: number, most: number) =>
  error("no-such-number", {
    summary: "An environment cannot be split into so many stacks",
    got: String(stacks),
    expected: `a whole number from 1 to ${most}`,
    fix: "Take about as many as you have platforms divided by 20.",
  });

export const sharedObject = (object: string, one: string, other: string) =>
  error("shared-object", {
    summary: "Platforms in different stacks declare one object, which whichever stack goes first would delete for both",
    got: `${object}, of ${one} and ${other}`,
    fix: 'Give these platforms one `group` with `split: "group"`, or each an object of its own.',
  });

export const sharedState = (one: string, other: string) =>
  error("shared-state", {
    summary: "Two stacks would have one state: each deployment of one would delete what the other has",
    got: `the same backend for ${one} and ${other}`,
    fix: "Put the stack's name into it: `new S3Backend(stack, { key: `${stack.node.id}.tfstate`, … })`.",
  });

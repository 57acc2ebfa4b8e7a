import { someOf } from "../../core/some-of";
import type { Problem } from "../../core/problem";
import { importCommand } from "../../core/terraform-text";
import { sentence, systemError, systemWarning, type Facts, type ObjectRef } from "../kit/words";
import type { OutgoingFlow, Task } from "./contract";
import { flowRef, flowWords, theFlow } from "./flow.words";
import { ovhWords } from "./words";

/** The problems of flows and their tasks, besides the standard ones. */

const error = (code: string, facts: Facts): Problem => systemError(ovhWords, code, facts);
const warning = (code: string, facts: Facts): Problem => systemWarning(ovhWords, code, facts);

export const vropsNotEnabled = (service: string, state: string) =>
  error("vrops-not-enabled", {
    summary: `vROps of ${service} is ${state}, not enabled`,
    path: ["service_name"],
    got: state,
    expected: "enabled",
    fix:
      state === "enabling" || state === "migrating"
        ? "Wait until OVHcloud has finished, then apply again."
        : "Order the option in the OVHcloud control panel (Hosted Private Cloud, options), then apply again.",
  });

const taskText = (task: Task) =>
  [
    `task ${task.taskId}`,
    task.name,
    task.state,
    typeof task.progress !== "number" ? undefined : `${task.progress} %`,
    task.description,
  ]
    .filter((part) => part)
    .join(", ");

export const taskFailed = (doing: string, task: Task) =>
  error(task.state === "canceled" ? "task-canceled" : "task-failed", {
    summary: `OVHcloud ${task.state === "canceled" ? "canceled" : "failed"} the task to ${doing}`,
    got: task.state,
    expected: "done",
    fix: "Apply again; if it fails once more, ask OVHcloud's support, naming the task.",
    evidence: taskText(task),
  });

export const flowInError = (service: string, flow: OutgoingFlow) =>
  error("flow-in-error", {
    summary: `OVHcloud says that ${theFlow(flowRef(service, flow))} is in error`,
    path: ["state"],
    got: "error",
    expected: "delivered",
    fix: "Apply again: the flow is replaced. If that fails too, ask OVHcloud's support, naming the flow.",
  });

export const flowWillBeReplaced = (service: string, flow: OutgoingFlow) =>
  warning("flow-in-error", {
    summary: `${sentence(theFlow(flowRef(service, flow)))} is in error and lets nothing through`,
    path: ["state"],
    got: "error",
    expected: "delivered",
    fix: "Apply: it will be replaced.",
  });

export const flowIsClosing = (service: string, flow: OutgoingFlow) =>
  warning("flow-is-closing", {
    summary: `${sentence(theFlow(flowRef(service, flow)))} is being closed: a destroy that was cut short, or somebody else, has asked for it`,
    path: ["state"],
    got: flow.state,
    expected: "delivered",
    fix: "Apply, if it is to be open: that waits until it is gone and opens it anew. A destroy waits until it is gone. Until then it stays in Terraform's state, for OVHcloud may give its closing up.",
  });

/** Somebody else opened an equal flow at the same moment; each of the two has one. */
export const openedTwice = (service: string, ours: OutgoingFlow, others: readonly OutgoingFlow[]) =>
  warning("flow-opened-twice", {
    summary: `Somebody else opened a flow to the same place at the same moment as ${theFlow(flowRef(service, ours))}`,
    path: ["ip"],
    got: someOf([ours, ...others].map((flow) => flowRef(service, flow).id)),
    expected: "one flow for each address and port",
    fix: `OVHcloud does not say who opened which; equal ones are told apart by the order of the tasks. If another Terraform state declares the same flow, keep the declaration in one of the two; destroying the other closes only its own flow.`,
  });

/** Several equal flows appeared at once, and nothing shows which is ours. */
export const whoseFlow = (service: string, ref: ObjectRef, flows: readonly OutgoingFlow[]) => {
  const ids = flows.map((flow) => flowRef(service, flow).id);
  return error("flow-opened-twice", {
    summary: `${ids.length} flows appeared at once where ${theFlow(ref)} was opened, and nothing says which is ours`,
    path: ["ip"],
    got: someOf(ids),
    expected: "one",
    fix: `Somebody else opened the same flow at this moment. Take over one that no other Terraform state has: ${importCommand(flowWords.type, ids[0]!)}. Applying again takes over the first.`,
  });
};

export const replyLost = (doing: string, evidence: string) =>
  error("reply-lost", {
    summary: `Nobody knows whether OVHcloud began to ${doing}: its answer was lost, and the flow has not appeared`,
    fix: "Apply again in a few minutes: if the flow was opened after all, it is taken over instead of doubled.",
    evidence,
  });

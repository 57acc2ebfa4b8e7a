/** The topology of alert mail as a graph: which flows exist, what sends, who receives what. */
export { buildTopology, topologyAfter, topologyBefore, type DeclaredResource } from "./build";
export { guardedSystems, isLive, mailerAt, reachOf, type Reach } from "./reach";
export { declaredIn } from "./from-configuration";
export { alertPaths, type Event, type AlertPath } from "./alert-paths";
export { isOurs, resourceSchemas } from "./schemas";
export type { AlertSource, Escalation, Flow, Mailer, Member, Route, EscalationStep, Test, Topology } from "./topology";

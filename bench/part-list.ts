import { beyondPlan } from "./beyond-plan";
import { configureCall } from "./configure-call";
import { creations } from "./creations";
import { everySystem } from "./every-system";
import { fleet } from "./fleet";
import { largePlan } from "./large-plan";
import { againstLocalExec } from "./local-exec";
import { mailCommand, mailProbe } from "./mail";
import { manyPlan } from "./many-plan";
import type { Part } from "./parts";
import { smallPlan } from "./small-plan";
import { starts } from "./starts";
import { synthesis } from "./synthesis";
import { watchMemory } from "./watch";

/** All that is measured, in the order of the page. */
export const PARTS: readonly Part[] = [
  { name: "starts", title: "Starting", measure: starts },
  { name: "configure", title: "Configuring the provider", measure: configureCall },
  { name: "small", title: "A plan of a small stack", measure: smallPlan },
  { name: "many", title: "A plan of 1,000 flows", measure: manyPlan },
  { name: "create", title: "1,000 flows created", measure: creations },
  { name: "local-exec", title: "100 flows, against the usual way", measure: againstLocalExec },
  { name: "systems", title: "A plan of 100 objects of each system", measure: everySystem },
  { name: "mail", title: "The mail probe", measure: mailProbe },
  { name: "probe", title: "The mail probe as a command", measure: mailCommand },
  { name: "synth", title: "Synthesis", measure: synthesis },
  { name: "beyond", title: "Commands that plan", measure: beyondPlan },
  { name: "watch", title: "The memory of `outbound watch`", measure: watchMemory },
  { name: "large", title: "Plans of 4,000 and 10,000 flows", full: true, measure: largePlan },
  { name: "fleet", title: "A fleet of stacks", full: true, measure: fleet },
];

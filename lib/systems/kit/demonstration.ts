import type { ValueObject } from "../../terraform-plugin/values";

/** How a system is shown at work in the sandbox: an alert that it raises itself, and where it must then be seen. */
export type Demonstration = OwnDemonstration | SharedDemonstration;

export interface OwnDemonstration {
  /** Makes the deployed system raise an alert. */
  raise(stage: DemonstrationStage): Promise<unknown>;
  /** Where the alert must be seen then. */
  readonly seen: ExpectedMail | ExpectedAlert;
  /** What a person has to do before the stack is destroyed. @default nothing */
  readonly undo?: (stage: DemonstrationStage) => Promise<unknown>;
}

/** Shown by another system's alert, which cannot come through without it. */
export interface SharedDemonstration {
  readonly shownBy: string;
}

export interface ExpectedMail {
  /** The subject of the mail that arrives. */
  readonly subject: RegExp;
}

export interface ExpectedAlert {
  /** The system whose simulator holds the alert then, under `alerts`. */
  readonly system: string;
}

/** What a demonstration works with. */
export interface DemonstrationStage {
  /** Acts on the system's simulator, as people or the system itself would. */
  intervene(name: string, argument?: unknown): Promise<unknown>;
  /** The first resource of this type in the state; empty when there is none. */
  values(type: string): ValueObject;
  /** What the sandbox's mail server wants to know and be trusted by. */
  readonly mail: { readonly password: string; readonly ca: string };
}

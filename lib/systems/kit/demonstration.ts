import type { ValueObject } from "../../terraform-plugin/values";

/**
 * How the demo shows a system at work in the sandbox: an alert that it raises itself, and where the alert must then appear.
 */
export type Demonstration = OwnDemonstration | SharedDemonstration;

export interface OwnDemonstration {
  /** Makes the deployed system raise an alert. */
  raise(stage: DemonstrationStage): Promise<unknown>;
  /** Where the alert must then appear. */
  readonly seen: ExpectedMail | ExpectedAlert;
  /** What a person has to do before the stack is destroyed. @default nothing */
  readonly undo?: (stage: DemonstrationStage) => Promise<unknown>;
}

/** The system is shown by another system's alert, which cannot arrive without it. */
export interface SharedDemonstration {
  readonly shownBy: string;
}

export interface ExpectedMail {
  /** The subject of the mail that arrives. */
  readonly subject: RegExp;
}

export interface ExpectedAlert {
  /** The system whose simulator must hold the alert, under `alerts`. */
  readonly system: string;
}

/** The environment of a demonstration. */
export interface DemonstrationStage {
  /** Changes the system's simulator, like people or the system itself would. */
  intervene(name: string, argument?: unknown): Promise<unknown>;
  /** The first resource of this type in the state; empty when there is none. */
  values(type: string): ValueObject;
  /** The access data of the sandbox's mail server. */
  readonly mail: { readonly password: string; readonly ca: string };
}

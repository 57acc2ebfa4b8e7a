/** One line of the table. */
export interface Row {
  readonly what: string;
  /** The release of Node.js that ours ran with; empty where it makes no difference. */
  readonly node: string;
  readonly ours: string;
  readonly baseline: string;
  readonly ratio?: number;
  /** The ratio, or the value where there is none, must not exceed it. */
  readonly limit?: number;
  /** What is compared with the limit when there is no ratio. */
  readonly value?: number;
}

export const isMissed = ({ limit, ratio, value }: Row): boolean => limit !== undefined && (ratio ?? value ?? 0) > limit;

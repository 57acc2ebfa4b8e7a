import type { Issues } from "./issues";

/** What GitHub and GitLab have in common: issues, and comments on a request to merge (GitHub: pull request, GitLab: merge request). */
export interface Forge {
  /** For messages: "GitHub", with the host of one's own installation. */
  readonly name: string;
  /** "pull request" */
  readonly request: string;
  /** The most characters that a comment, or the body of an issue, may have. */
  readonly longest: number;
  /** The account whose comments are the pipeline's own: a comment by anybody else must not be taken for a review. */
  author(signal: AbortSignal): Promise<string>;
  comments(number: number, signal: AbortSignal): Promise<readonly Comment[]>;
  create(number: number, body: string, signal: AbortSignal): Promise<void>;
  update(number: number, id: number, body: string, signal: AbortSignal): Promise<void>;
  readonly issues: Issues;
  /** The request that brought a commit onto its branch; undefined when there is none. */
  mergedBy(commit: string, signal: AbortSignal): Promise<MergedRequest | undefined>;
}

/** A request that was merged. */
export interface MergedRequest {
  readonly number: number;
  /**
   * The last commit of its branch: the code that was agreed to, whether the request was merged, squashed or rebased.
   */
  readonly head: string;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string | undefined;
}

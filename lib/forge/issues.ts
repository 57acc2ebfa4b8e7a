/** What GitHub and GitLab have in common: the issues of a repository (GitLab: of a project). */
export interface Issues {
  /** The open ones by this account, oldest first. */
  open(author: string, signal: AbortSignal): Promise<readonly Issue[]>;
  create(text: IssueText, signal: AbortSignal): Promise<Issue>;
  update(number: number, text: IssueText, signal: AbortSignal): Promise<void>;
  comment(number: number, body: string, signal: AbortSignal): Promise<void>;
  close(number: number, signal: AbortSignal): Promise<void>;
}

export interface IssueText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface Issue extends IssueText {
  readonly number: number;
  readonly author: string | undefined;
}

/** The issues of a repository on GitHub, or of a project on GitLab. */
export interface Issues {
  /** The open issues by this account, oldest first. */
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

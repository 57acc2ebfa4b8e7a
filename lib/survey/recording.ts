import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../core/make-folder";
import type { HttpRequest, HttpResponse } from "../http/types";
import type { Basis, Reading, Vocabulary } from "../systems/kit/survey";
import { Masker } from "./masker";
import { inOrder, pathOf, type ReadOutcome } from "./read-all";

/** One masked answer: the content of a file of a recording. */
export interface RecordedAnswer {
  readonly method: "GET";
  /** Ids are stand-ins, the same as in the bodies. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly status: number;
  /** Only headers that identify the release. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the body was not JSON. */
  readonly body: unknown;
}

/** What was known before the first reading, masked. */
export interface RecordedBeginning {
  readonly recording: 1;
  readonly system: string;
  readonly basis: Basis;
}

export interface RecordedFile {
  readonly name: string;
  readonly content: RecordedAnswer | RecordedBeginning;
}

const BEGINNING = "survey.json";

/** Headers that are no secret and identify the release. */
const KEPT_HEADERS = ["content-type", "api-supported-versions"];

/** Keeps the answers of one survey, masked. Logins are never kept. */
export class Recording {
  private basis: Basis = {};
  private readonly outcomes: ReadOutcome[] = [];

  constructor(private readonly system: string) {}

  begin(basis: Basis): void {
    this.basis = basis;
  }

  add(outcome: ReadOutcome): void {
    if (outcome.response !== undefined) this.outcomes.push(outcome);
  }

  files(vocabulary: Vocabulary): readonly RecordedFile[] {
    const masker = new Masker(vocabulary);
    const masked = (values: readonly string[]) => values.map((value) => masker.id(value));
    const basis = Object.fromEntries(Object.entries(this.basis).map(([name, values]) => [name, masked(values)]));
    const answers = inOrder(this.outcomes).map(({ reading, request, response }, index): RecordedFile => {
      const { status, headers, data } = response!;
      const kept = KEPT_HEADERS.flatMap((name) =>
        headers[name] === undefined ? [] : [[name, headers[name]] as const],
      );
      return {
        name: `${String(index + 1).padStart(3, "0")}-${reading.subject.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.json`,
        content: {
          method: "GET",
          path: pathOf({ route: reading.route, ids: masked(reading.ids ?? []) }),
          query: Object.fromEntries(
            Object.entries(request.query ?? {}).map(([name, value]) => [name, maskedQuery(masker, value, this.basis)]),
          ),
          status,
          headers: Object.fromEntries(kept),
          // The text of a refusal may contain names; its status is enough.
          body: status < 300 && data !== undefined ? masker.answer(reading.contract, data) : null,
        },
      };
    });
    return [{ name: BEGINNING, content: { recording: 1, system: this.system, basis } }, ...answers];
  }

  /** Writes the answers into a directory, which is created. */
  save(directory: string, vocabulary: Vocabulary): void {
    makeFolder(directory);
    for (const { name, content } of this.files(vocabulary)) {
      writeFileSync(join(directory, name), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    }
  }
}

/** Query values that the client chooses stay; ids in them are masked. */
function maskedQuery(masker: Masker, value: string | number | boolean, basis: Basis): string | number | boolean {
  const isId = typeof value === "string" && Object.values(basis).some((values) => values.includes(value));
  return isId ? masker.id(value) : value;
}

/** Answers requests from a recording; a request that it lacks is refused as a server would refuse it. */
export function replay(files: readonly RecordedFile[]) {
  const answers = files.flatMap(({ content }) => ("path" in content ? [content] : []));
  const beginning = files.map(({ content }) => content).find((content) => "recording" in content);
  return {
    basis: beginning?.basis ?? {},
    answerTo(_: Reading, { path, query = {} }: Pick<HttpRequest, "path" | "query">): HttpResponse | undefined {
      const found = answers.find((one) => one.path === path && JSON.stringify(one.query) === JSON.stringify(query));
      if (found === undefined) return undefined;
      const { status, headers, body } = found;
      return { status, headers, data: body ?? undefined, text: JSON.stringify(body) };
    },
  };
}

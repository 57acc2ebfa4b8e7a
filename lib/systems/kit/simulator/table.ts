/** An earlier or incomplete state that a reader sees instead of the present. */
export interface TableView {
  /** The number of changes that the reader sees. @default the present */
  readonly position?: number;
  /**
   * A row that is missing from lists, but can be read by its key: a row's key, or the newest of the list.
   *
   * @default nothing
   */
  readonly omitted?: { readonly key: string } | "newest";
}

/** The circumstances of the running code: a request that reads, or one that writes. */
export type RequestCircumstances =
  | { readonly kind: "read"; readonly view: TableView }
  | { readonly kind: "write"; readonly foreign: boolean; readonly at: number; counted: boolean };

interface Entry<Row> {
  readonly row: Row;
  /** Lists are in the order in which rows were created. */
  readonly order: number;
  readonly foreign: boolean;
}

export interface TableChange {
  readonly table: object;
  readonly key: string;
  /** The former row; undefined: there was none. */
  readonly before: Entry<object> | undefined;
}

interface Journal {
  circumstances(): RequestCircumstances | undefined;
  record(change: TableChange): void;
  since(position: number): readonly TableChange[];
}

/** Rows by key. Rows are immutable: {@link set} replaces a row, so that an earlier state can still be read. */
export class Table<Row extends object> {
  private readonly entries = new Map<string, Entry<Row>>();
  private made = 0;

  constructor(private readonly journal: Journal) {}

  get(key: string | number): Row | undefined {
    return this.seen().get(String(key))?.row;
  }

  /** The rows, oldest first. */
  list(which: (row: Row) => boolean = () => true): Row[] {
    const view = this.view();
    const listed = [...this.seen()].filter(([, { row }]) => which(row)).sort(([, a], [, b]) => a.order - b.order);
    const omitted = view?.omitted === "newest" ? listed.at(-1)?.[0] : view?.omitted?.key;
    return listed.filter(([key]) => key !== omitted).map(([, { row }]) => row);
  }

  /** Creates or replaces a row. */
  set(key: string | number, row: Row): Row {
    const before = this.change(String(key));
    const here = this.journal.circumstances();
    // Rows that existed from the beginning, or that a person created in the console, do not come from a client of the API.
    const foreign = before?.foreign ?? !(here?.kind === "write" && !here.foreign);
    this.entries.set(String(key), { row, order: before?.order ?? this.made++, foreign });
    return row;
  }

  /** Replaces fields of an existing row; does nothing where it is gone. */
  patch(key: string | number, fields: Partial<Row>): void {
    const entry = this.entries.get(String(key));
    if (entry !== undefined) this.set(key, { ...entry.row, ...fields });
  }

  delete(key: string | number): boolean {
    return this.entries.has(String(key)) && (this.change(String(key)), this.entries.delete(String(key)));
  }

  /** Whether the row was created by anything but the API. */
  isForeign(key: string | number): boolean {
    return this.entries.get(String(key))?.foreign ?? false;
  }

  clear(): void {
    this.entries.clear();
    this.made = 0;
  }

  private change(key: string): Entry<Row> | undefined {
    const before = this.entries.get(key);
    this.journal.record({ table: this, key, before });
    return before;
  }

  private view(): TableView | undefined {
    const here = this.journal.circumstances();
    return here?.kind === "read" ? here.view : undefined;
  }

  /** The rows that the reader sees. */
  private seen(): ReadonlyMap<string, Entry<Row>> {
    const position = this.view()?.position;
    if (position === undefined) return this.entries;
    const past = new Map(this.entries);
    for (const { table, key, before } of [...this.journal.since(position)].reverse()) {
      if (table !== this) continue;
      // A change of this table holds a row of this table.
      if (before === undefined) past.delete(key);
      else past.set(key, before as Entry<Row>);
    }
    return past;
  }
}

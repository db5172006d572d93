import { locatedError, type FieldNode, type GraphQLError, type GraphQLResolveInfo } from 'graphql';

type Data = Record<string, unknown>;
type Path = (string | number)[];

/** Where values stand in an answer, whatever the indexes of lists. */
export interface Place {
  /** Names of fields, and null for an index. */
  steps: readonly (string | null)[];
  /** Whether there may be null after so many steps. */
  nullable: readonly boolean[];
  nodes: readonly FieldNode[];
}

/** The indexes that lead to a value, the innermost first. */
export interface Indexes {
  index: number;
  outer: Indexes | undefined;
}

export interface QueryResult {
  data: Data | null;
  errors?: GraphQLError[];
}

/** One execution of a compiled query. */
export class QueryRun {
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  /** The arguments of fields that depend on variables, by the number of the field. */
  readonly given: Record<string, unknown>[] = [];
  /** What resolvers are told of the query, by the number of their field. */
  readonly infos: GraphQLResolveInfo[] = [];
  /** Promises that are waited for, and the walk through the query itself. */
  pending = 1;
  data: Data | undefined;
  private readonly errors: GraphQLError[] = [];
  /** Nulls where none may be, each with an error. */
  private readonly nulls: { place: Place; path: Path }[] = [];
  private readonly resolve: (result: QueryResult) => void;
  readonly giveUp: (error: unknown) => void;

  constructor(
    context: unknown,
    variables: Record<string, unknown>,
    resolve: (result: QueryResult) => void,
    giveUp: (error: unknown) => void,
  ) {
    this.context = context;
    this.variables = variables;
    this.resolve = resolve;
    this.giveUp = giveUp;
  }

  /** Called for each thing that has been waited for; the last one ends the run. */
  end(): void {
    this.pending -= 1;
    if (this.pending || !this.data) return;
    const { errors } = this;
    const data = this.nulls.reduce<Data | null>(withoutNull, this.data);
    this.resolve(errors.length ? { data, errors } : { data });
  }

  /** Notes that a resolver has failed: null stands in the place of its value. */
  failed(place: Place, indexes: Indexes | undefined, error: unknown): void {
    let rest = indexes;
    const path = place.steps.map((step): string | number => step ?? 0);
    for (let at = path.length - 1; at >= 0; at -= 1) {
      if (place.steps[at] !== null) continue;
      path[at] = rest?.index ?? 0;
      rest = rest?.outer;
    }
    this.errors.push(locatedError(error, place.nodes, path));
    if (!place.nullable.at(-1)) this.nulls.push({ place, path });
  }
}

/** Null where it must not be takes the place of the innermost thing around it that may be null. */
function withoutNull(data: Data | null, { place, path }: { place: Place; path: Path }) {
  const last = place.nullable.lastIndexOf(true);
  if (last < 0) return null;
  let holder: unknown = data;
  for (const step of path.slice(0, last)) {
    if (typeof holder !== 'object' || holder === null) return data;
    holder = Reflect.get(holder, step);
  }
  const step = path[last];
  if (typeof holder === 'object' && holder !== null && step !== undefined) {
    Reflect.set(holder, step, null);
  }
  return data;
}

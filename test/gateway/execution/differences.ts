import { isDeepStrictEqual } from 'node:util';
import type { OneAnswer, OneError } from './threeWays.ts';

type Path = readonly (string | number)[];

/**
 * What an answer of ours has otherwise than the monolith: its data, and where errors stand. Which of the
 * errors of one null is told may differ, and that a required field failed which nobody asked for is told
 * by a federated graph only: so the nulls are compared that errors stand for, not the errors.
 */
export function differencesFromMonolith(own: OneAnswer, monolith: OneAnswer): string[] {
  return [
    ...(isSameText(own.data, monolith.data) ? [] : ['data, from the monolith']),
    ...(isDeepStrictEqual(nullsOfErrors(own), nullsOfErrors(monolith))
      ? []
      : ['places of errors, from the monolith']),
  ];
}

/**
 * Whether the planner asked a subgraph for fields of two types under one name: it then refuses the fetch, and
 * the client is told. The planner renames such fields, but forgets one that it meets in two places.
 */
export const isRefusedFetch = ({ errors }: OneAnswer): boolean =>
  errors.some(({ message, subgraph }) =>
    Boolean(
      subgraph && /^Fields "\w+" conflict because they return conflicting types/.test(message),
    ),
  );

/**
 * What it has otherwise than Apollo's for the same plan: its data, and what subgraphs reported. Apollo's
 * paths are not compared: it counts entities that it did not ask for, and so names others than failed;
 * nor are its errors for nulls where none may be, which it gives in `extensions`, and only without others. Nor
 * does it let null bubble where only the object's own type, not the interface asked by, has none there.
 */
export function differencesFromApollo(own: OneAnswer, apollo: OneAnswer): string[] {
  const [ownData, apolloData] = [own.data, apollo.data].map(withoutTypenames);
  const places = unexplainedValues({ ...own, data: ownData }, { ...apollo, data: apolloData });
  return [
    ...places.map((place) => `data, from Apollo, at ${place}`),
    ...(isDeepStrictEqual(reports(own), reports(apollo)) ? [] : ['reports of subgraphs']),
  ];
}

/**
 * Whether Apollo's executor carries out a plan rightly when no subgraph fails, so that ours can be compared
 * with it. It reads nothing out of lists of lists, and takes nested fragments for void where it has not
 * asked for an object's type: then its data are not those of the monolith.
 */
export const isApolloRight = (healthyApollo: OneAnswer, monolith: OneAnswer): boolean =>
  isDeepStrictEqual(withoutTypenames(healthyApollo.data), withoutTypenames(monolith.data));

/** Where an answer of a graph whose subgraphs fail is neither as it would be nor null with an error. */
export const unexplained = (own: OneAnswer, healthy: OneAnswer): string[] =>
  unexplainedValues(own, healthy).map((place) => `an unexplained value at ${place}`);

/** The places where an answer is not as expected, and no error of it says why. */
function unexplainedValues(own: OneAnswer, expected: OneAnswer): string[] {
  const places: string[] = [];
  const isExplained = (place: Path, { errors } = own) =>
    errors.some(({ path }) => isBelow(path, place.slice(0, -1)) || isBelow(place, path));
  const isCause = (place: Path) => own.errors.some(({ path }) => isBelow(path, place));
  const compare = (value: unknown, other: unknown, place: Path) => {
    if (isDeepStrictEqual(value, other)) return;
    if (value === null && isExplained(place)) return;
    // What would have failed below it may not have been asked for: its type could not be found out.
    if (other === null && isExplained(place, expected) && isCause(place)) return;
    if (isContainer(value) && isContainer(other) && isAlike(value, other)) {
      for (const key of Object.keys(other)) {
        const at = [...place, Array.isArray(value) ? Number(key) : key];
        // Whose type could not be found out has none of the fields of fragments.
        if (Object.hasOwn(value, key)) compare(value[key], other[key], at);
        else if (!isExplained(at)) places.push(at.join('.'));
      }
      return;
    }
    places.push(place.join('.'));
  };
  compare(own.data, expected.data, []);
  return places;
}

/** The nulls of an answer that its errors stand for: where going along an error's path ends. */
function nullsOfErrors({ data, errors }: OneAnswer): string[] {
  const places = errors.flatMap(({ path }) => {
    let value: unknown = data;
    const place: (string | number)[] = [];
    for (const step of path) {
      if (!isContainer(value)) break;
      value = Object.hasOwn(value, step) ? value[step] : undefined;
      place.push(step);
    }
    return value === null ? [place.join('.')] : [];
  });
  return [...new Set(places)].sort();
}

/** The same data, their fields in the same order. */
const isSameText = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function reports({ errors }: OneAnswer): string[] {
  const all = errors
    .filter((error) => error.subgraph !== undefined)
    .map(
      ({ message, subgraph, code }: OneError) => `${String(subgraph)} ${String(code)} ${message}`,
    );
  // Each once: how often one is told goes by the paths.
  return [...new Set(all)].sort();
}

/** Apollo answers what was planned: where nothing was left to ask of an object, that is its type. */
function withoutTypenames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypenames);
  if (!isContainer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      name === '__typename' ? [] : [[name, withoutTypenames(each)]],
    ),
  );
}

const isContainer = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether two objects or lists can be compared: one has nothing that the other has not. */
const isAlike = (value: object, expected: object) =>
  Array.isArray(value) === Array.isArray(expected) &&
  (!Array.isArray(value) || Object.keys(value).length === Object.keys(expected).length) &&
  Object.keys(value).every((key) => Object.hasOwn(expected, key));

const isBelow = (path: Path, place: Path) => place.every((step, index) => path[index] === step);

const STEP = /\.?([A-Za-z_]\w*)(\?)?|\[(\*|\d+|\??[^\]=]+=[^\]]*)\]/gy;

/** A value as text, cut short, for the reason why an expectation does not hold. */
export const show = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};

interface Found {
  value: unknown;
  path: string;
}

/** The steps of a path: to a field, which may be null, or into a list by a selector. */
function stepsOf(path: string) {
  const steps = [...path.matchAll(STEP)];
  const read = steps.map(([text]) => text).join('').length;
  if (read < path.length) {
    throw new Error(`cannot read the path "${path}" from "${path.slice(read)}"`);
  }
  return steps.map(([, field, mayBeNull, selector]) => ({ field, mayBeNull, selector }));
}

function readField(here: Found[], field: string): Found[] {
  return here.map(({ value, path }) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error(`${path || 'data'} is ${show(value)}, so .${field} is not there`);
    }
    const inner = path ? `${path}.${field}` : field;
    if (!(field in value)) throw new Error(`${inner} is not in the answer`);
    return { value: (value as Record<string, unknown>)[field], path: inner };
  });
}

/** The elements whose key path has the wanted value: just one, or with a `?` one or more. */
function findElements(elements: Found[], selector: string, path: string): Found[] {
  const several = selector.startsWith('?');
  const key = selector.slice(several ? 1 : 0, selector.indexOf('='));
  const wanted = selector.slice(selector.indexOf('=') + 1);

  const found = elements.filter(({ value }) =>
    [readPath(value, key)].flat().some((received) => String(received) === wanted),
  );
  if (found.length === 0 || (!several && found.length > 1)) {
    throw new Error(
      `${path} has ${found.length} of ${elements.length} elements with ${key}=${wanted}, ` +
        `${several ? 'at least' : 'just'} one was expected`,
    );
  }
  return found;
}

function readElements({ value, path }: Found, selector: string): Found[] {
  if (!Array.isArray(value)) throw new Error(`${path || 'data'} is ${show(value)}, not a list`);
  const elements = value.map((element: unknown, index) => ({
    value: element,
    path: `${path}[${index}]`,
  }));
  if (selector === '*') return elements;
  if (selector.includes('=')) return findElements(elements, selector, path);

  const element = elements[Number(selector)];
  if (!element) throw new Error(`${path} has ${elements.length} elements, no [${selector}]`);
  return [element];
}

/**
 * Reads what stands at a path: `a.b`, `a?.b` (a may be null), `list[*].x`, `list[0]`,
 * `list[key=value]` (just one element) and `list[?key=value]` (one or more).
 * After `[*]` or `[?…]` the result is a list, without what a null ended on the way.
 * Throws when the path cannot be read or is not in the answer.
 */
export function readPath(answer: unknown, path: string): unknown {
  let here: Found[] = [{ value: answer, path: '' }];
  let isList = false;

  for (const { field, mayBeNull, selector } of stepsOf(path)) {
    if (field) {
      here = readField(here, field);
      if (mayBeNull && !isList && here[0]?.value === null) return null;
      if (mayBeNull) here = here.filter(({ value }) => value !== null);
    } else if (selector) {
      here = here.flatMap((found) => readElements(found, selector));
      isList ||= selector === '*' || selector.startsWith('?');
    }
  }
  return isList ? here.map(({ value }) => value) : here[0]?.value;
}

import type { GraphQLError } from 'graphql';
import type { RequestPolicy } from '../http/RequestPolicy.ts';
import { excess } from './excess.ts';
import { findExcess } from './findExcess.ts';
import type { Limits } from './limitSettings.ts';
import { scanValue } from './scanValue.ts';

/**
 * Refuses requests that hold too much: their documents before they are validated, unless they are known, and
 * their variables and extensions in any case.
 */
export function createLimits(limits: Limits): RequestPolicy {
  return {
    resolve(parameters) {
      const { variables, extensions } = parameters;
      const tooMuch = findInValue(variables, limits) ?? findInValue(extensions, limits);
      if (tooMuch) throw tooMuch;
      return parameters;
    },
    inspect(text) {
      const tooMuch = findExcess(text, limits);
      if (tooMuch) throw tooMuch;
    },
  };
}

function findInValue(sent: unknown, limits: Limits): GraphQLError | undefined {
  if (sent === undefined || sent === null) return undefined;
  const { characters, nesting, longestList } = scanValue(read(sent));
  return (
    excess('LIMIT_VARIABLES_KB', Math.ceil(characters / 1024), limits) ??
    excess('LIMIT_NESTING', nesting, limits) ??
    excess('LIMIT_LIST_ITEMS', longestList, limits)
  );
}

/** In the address of a request values are JSON text; what is none is for Apollo's server to refuse. */
function read(sent: unknown): unknown {
  if (typeof sent !== 'string') return sent;
  try {
    return JSON.parse(sent);
  } catch {
    return sent;
  }
}

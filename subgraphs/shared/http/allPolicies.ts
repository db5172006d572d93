import type { RequestPolicy } from './RequestPolicy.ts';

/** Several policies as one: each sees what those before it have made of the request. */
export function allPolicies(policies: readonly RequestPolicy[]): RequestPolicy {
  return {
    async resolve(parameters, request) {
      let resolved = parameters;
      for (const { resolve } of policies) {
        if (resolve) resolved = await resolve(resolved, request);
      }
      return resolved;
    },
    inspect(text, parameters) {
      for (const { inspect } of policies) inspect?.(text, parameters);
    },
    found(document, request) {
      for (const { found } of policies) found?.(document, request);
    },
  };
}

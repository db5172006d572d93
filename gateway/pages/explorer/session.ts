import { useSyncExternalStore } from 'react';
import type { PlanSteps } from '../../transport/PlanStep.ts';

/** What the gateway says about an operation beside its data. */
export interface Told {
  planSteps?: PlanSteps;
  __queryPlanExperimental?: string;
  cost?: {
    requested: number;
    actual?: number;
    budget?: number;
    available?: number;
    restoreRate?: number;
  };
}

/** The last operation that was run. */
export interface LastRun {
  query: string;
  variables: Record<string, unknown>;
  told: Told;
  ms: number;
}

/** What parts of the page have in common. Nothing of it is kept when the page is closed. */
export interface Session {
  apiKey: string;
  last: LastRun | undefined;
}

const listeners = new Set<() => void>();
let session: Session = { apiKey: '', last: undefined };

const getSession = (): Session => session;

/** The header with which requests say who asks. */
export const authorization = (): Record<string, string> =>
  session.apiKey ? { authorization: `Bearer ${session.apiKey}` } : {};

export function updateSession(change: Partial<Session>): void {
  session = { ...session, ...change };
  for (const listener of listeners) listener();
}

/** The session, anew whenever it changes. */
export const useSession = (): Session =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, getSession);

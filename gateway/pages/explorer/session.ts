import { useSyncExternalStore } from 'react';
import type { GraphAnswer } from '../shared/askGraph.ts';

/** One fetch of an operation, as the gateway tells it. */
export interface PlanStep {
  subgraph: string;
  query: string;
  entities?: number;
  startMs: number;
  ms: number;
  commands?: { collection: string; command: string; ms: number }[];
  code?: string;
}

/** What the gateway says about an operation beside its data. */
export interface Told {
  planSteps?: { ms: number; steps: PlanStep[] };
  __queryPlanExperimental?: string;
  cost?: {
    requested: number;
    actual?: number;
    budget?: number;
    available?: number;
    restoreRate?: number;
  };
}

/** The last operation that was run, with its answer. */
export interface LastRun {
  query: string;
  variables: Record<string, unknown>;
  answer: GraphAnswer<unknown>;
  told: Told;
  ms: number;
}

/** What parts of the page have in common. Nothing of it is kept when the page is closed. */
export interface Session {
  language: 'vi' | 'en';
  apiKey: string;
  last: LastRun | undefined;
}

const listeners = new Set<() => void>();
let session: Session = {
  language: new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'vi',
  apiKey: '',
  last: undefined,
};

export const getSession = (): Session => session;

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

/** Chooses between Vietnamese and English. */
export function useText(): (vietnamese: string, english: string) => string {
  const { language } = useSession();
  return (vietnamese, english) => (language === 'vi' ? vietnamese : english);
}

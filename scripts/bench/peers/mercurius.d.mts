import type { Monolith } from '../monolith.ts';

export function startMercurius(monolith: Monolith): Promise<{ url: string }>;

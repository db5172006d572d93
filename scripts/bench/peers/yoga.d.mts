import type { Monolith } from '../monolith.ts';

export function startYoga(monolith: Monolith): Promise<{ url: string }>;

import { z } from 'zod';

/**
 * Who may read `/metrics`: `local` is who asks from this machine itself, not through a proxy, and who has a key with the
 * scope `metrics`; `key` is the latter only; `off` is nobody.
 */
export type MetricsAccess = 'local' | 'key' | 'off';

/** By the name that it has in the environment. */
export const metricsSettings = {
  METRICS: z.enum(['local', 'key', 'off'], { error: 'must be local, key or off' }).default('local'),
};

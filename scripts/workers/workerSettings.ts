import { availableParallelism } from 'node:os';
import { z } from 'zod';

const error = 'must be auto, or a whole number from 1 to 256';

/** By the name that it has in the environment. */
export const workerSettings = {
  GATEWAY_WORKERS: z
    .string()
    .regex(/^(auto|[1-9]\d{0,2})$/, { error, abort: true })
    .transform((text) => (text === 'auto' ? availableParallelism() : Number(text)))
    .refine((count) => count <= 256, { error })
    .default(1),
};

import { createIdempotencyKeyModel } from '../../shared/writing/idempotency.ts';
import { database } from '../database.ts';

export const IdempotencyKeyModel = createIdempotencyKeyModel(database);

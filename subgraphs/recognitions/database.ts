import { createDatabase } from '../shared/database.ts';

export const database = createDatabase();

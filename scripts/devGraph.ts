import { writeStaleFiles } from './schema/generatedFiles.ts';

// What is made from the schemas is made anew first, so that an edited schema shows at once.
for (const path of await writeStaleFiles()) console.log(`schema: ${path}`);
await import('./start.ts');

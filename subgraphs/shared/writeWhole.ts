import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that whoever reads it finds the old one or the new one, never half of it, whenever this
 * process or the machine ends.
 * @param mode Who may read a new file; as is usual when not given.
 */
export async function writeWhole(file: string, content: string, mode?: number): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.draft`;
  const handle = await open(draft, 'w', mode);
  try {
    await handle.writeFile(content);
    // Else a power cut could leave an empty file under the good name.
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

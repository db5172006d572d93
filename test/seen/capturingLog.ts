import { vi } from 'vitest';

export type LogLine = Record<string, unknown>;

/** Gives what servers of this process log while `work` goes on, each line as it was written. */
export async function capturingText(work: () => Promise<void>): Promise<string> {
  const written: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await work();
  } finally {
    write.mockRestore();
  }
  return written.join('');
}

/** The same as objects: every line is JSON. */
export async function capturingLog(work: () => Promise<void>): Promise<LogLine[]> {
  const text = await capturingText(work);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogLine);
}

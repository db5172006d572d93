/** What is wrong with the flags of a command, in the words of Node's `parseArgs` but for its advice: it explains at length how a flag could be passed as a word. */
export const flagError = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('. ')[0] ?? '';

import { readFileSync } from 'node:fs';

/** A block of code of a page: what stands after the backticks, `sh` or `sh running` say, and its text. */
export interface Block {
  language: string;
  text: string;
}

const blocksIn = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```([a-z ]+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));

/** The texts of the blocks of one language, in their order. */
export const textsIn = (markdown: string, language: string): string[] =>
  blocksIn(markdown).flatMap((block) => (block.language === language ? [block.text] : []));

/** The blocks of code of a page, in their order. */
export const readBlocks = (page: string): Block[] => blocksIn(readFileSync(page, 'utf8'));

/** The texts of the blocks of one language of a page. */
export const readTexts = (page: string, language: string): string[] =>
  textsIn(readFileSync(page, 'utf8'), language);

/** The commands of a page, each on a line of its own. */
export const readCommands = (page: string): string[] =>
  readTexts(page, 'sh').flatMap((text) => text.replaceAll('\\\n', ' ').trim().split('\n'));

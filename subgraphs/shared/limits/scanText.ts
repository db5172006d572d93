import { Lexer, Source, TokenKind } from 'graphql';

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Counts tokens, levels of brackets and characters of names without a parser, which would call itself for each level. Ends soon after
 * `most` of one of them, and where the text is no GraphQL: that the parser says better.
 */
export function scanText(text: string, most: { tokens: number; nesting: number }) {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let level = 0;
  let nesting = 0;
  let longestName = 0;
  try {
    while (tokens <= most.tokens && nesting <= most.nesting) {
      const { kind, start, end } = lexer.advance();
      if (kind === TokenKind.EOF) break;
      tokens += 1;
      if (OPENING.has(kind)) nesting = Math.max(nesting, ++level);
      if (CLOSING.has(kind)) level -= 1;
      if (kind === TokenKind.NAME) longestName = Math.max(longestName, end - start);
    }
  } catch {
    // The parser will find the same.
  }
  return { tokens, nesting, longestName };
}

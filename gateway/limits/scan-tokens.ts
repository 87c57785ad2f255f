import { Lexer, Source, TokenKind } from 'graphql';

export interface Scan {
  /** Tokens of the document; comments and commas are none. */
  readonly tokens: number;
  /** Brackets, braces and parentheses open at the same time, at most. The parser recurses once or more for each. */
  readonly nesting: number;
  /** Characters of the longest name. */
  readonly longestName: number;
}

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Reads the tokens of a document once, without building anything. Throws graphql's syntax error. */
export const scanTokens = (source: string): Scan => {
  const lexer = new Lexer(new Source(source));
  let tokens = 0;
  let open = 0;
  let nesting = 0;
  let longestName = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    tokens += 1;
    const { kind, start, end } = lexer.token;
    if (kind === TokenKind.NAME && end - start > longestName) longestName = end - start;
    if (opening.has(kind)) {
      open += 1;
      if (open > nesting) nesting = open;
    } else if (closing.has(kind)) open -= 1;
  }
  return { tokens, nesting, longestName };
};

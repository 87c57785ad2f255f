import { Lexer, Source, TokenKind } from 'graphql';

export interface Scan {
  /** Tokens of the document; comments and commas are none. */
  readonly tokens: number;
  /** Brackets, braces and parentheses open at the same time, at most. The parser recurses once or more for each. */
  readonly nesting: number;
}

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Reads the tokens of a document once, without building anything. Throws graphql's syntax error. */
export const scanTokens = (source: string): Scan => {
  const lexer = new Lexer(new Source(source));
  let tokens = 0;
  let open = 0;
  let nesting = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    tokens += 1;
    const { kind } = lexer.token;
    if (opening.has(kind)) {
      open += 1;
      if (open > nesting) nesting = open;
    } else if (closing.has(kind)) open -= 1;
  }
  return { tokens, nesting };
};

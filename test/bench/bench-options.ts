/** How a bench is run. */
export interface BenchOptions {
  readonly say: (line: string) => void;
  /** As it was called, for the result. */
  readonly command: string;
  readonly rounds: number;
  /** Multiplies the number of requests, for a quick look. */
  readonly scale: number;
  /** Sizes of the crowd of subscribers. */
  readonly clients: readonly number[];
}

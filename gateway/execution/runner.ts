import type { GatewayRequest } from '../request.ts';
import { type AnswerSource, AnswerText } from './answer/answer-text.ts';
import { compileIntrospection } from './answer/introspection.ts';
import { type CoerceVariables, compileVariables } from './client-variables.ts';
import type { DataObject, Run, Step, Values } from './steps/run.ts';

export type RunnerSource = AnswerSource;

const noVariables: Values = Object.freeze({});

/** Runs compiled steps and writes the answer. */
export class Runner {
  readonly #coerce: CoerceVariables;
  readonly #introspect: ((variables: Values) => DataObject) | null;
  readonly #text: AnswerText;

  constructor(source: RunnerSource) {
    this.#coerce = compileVariables(source.apiSchema, source.operation);
    this.#introspect = compileIntrospection(source);
    this.#text = new AnswerText(source);
  }

  coerce(variables: Values | undefined): Values {
    return this.#coerce(variables ?? noVariables);
  }

  /** `begin` puts in what is already known, before the step. */
  run(
    step: Step | null,
    variables: Values | undefined,
    { request, begin }: { request: GatewayRequest; begin?: (run: Run) => void },
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const given = variables ?? noVariables;
      const run: Run = {
        data: this.#introspect ? this.#introspect(given) : {},
        variables: given,
        coerced: this.#coerce(given),
        request,
        errors: [],
        plain: true,
        waiting: [],
        held: null,
        begun: new Map(),
        shared: new Map(),
        fail: reject,
      };
      begin?.(run);
      if (step) step(run, () => resolve(this.#text.of(run)));
      else resolve(this.#text.of(run));
    });
  }
}

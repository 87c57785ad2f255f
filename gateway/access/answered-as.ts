import type { Prepared } from '../execution/prepared.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import type { Values } from '../execution/steps/run.ts';
import type { AskedAnswer } from './asked-answer.ts';

const empty = '{"data":{}}';
const noVariables: Values = Object.freeze({});

const subscriptionAs = (
  asked: AskedAnswer,
  allowed: PreparedSubscription,
): PreparedSubscription => ({
  ...allowed,
  answer: async (answer, variables = noVariables, request) => {
    const text = await allowed.answer(answer, variables, request);
    return asked.restore(text, variables);
  },
});

/** The operation as a client asked it, answered by what of it is allowed: null for nothing, and then nobody is asked. */
export const answeredAs = (
  asked: AskedAnswer,
  whole: Prepared,
  allowed: Prepared | null,
): Prepared => ({
  ...whole,
  execute: async (variables = noVariables, request) =>
    asked.restore(allowed ? await allowed.execute(variables, request) : empty, variables),
  subscription: allowed?.subscription ? subscriptionAs(asked, allowed.subscription) : null,
});

/** One GraphQL operation as a persona of the demo. */
export type Ask = <T>(
  persona: string,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<T>;

/** Asks a running hub; throws with the hub's own errors. Tokens are fetched once. */
export const asker = async (url: string): Promise<Ask> => {
  const response = await fetch(`${url}/demo/personas`);
  const people = (await response.json()) as { key: string; token: string }[];
  return async <T>(
    persona: string,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<T> => {
    const token = people.find(({ key }) => key === persona)?.token ?? '';
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data?: T | null; errors?: unknown };
    if (errors !== undefined || data === undefined || data === null)
      throw new Error(`The hub answered ${JSON.stringify(errors)}`);
    return data;
  };
};

interface Waiting {
  readonly approvalsWaitingForMe: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly version: number } }[];
  };
}

/** Lets every approver say yes to all that waits for them; answers how many decisions were taken. */
export const approveAll = async (ask: Ask): Promise<number> => {
  let decisions = 0;
  for (const persona of ['maya', 'dan', 'bea']) {
    const { approvalsWaitingForMe } = await ask<Waiting>(
      persona,
      '{ approvalsWaitingForMe(first: 200) { edges { node { id version } } } }',
    );
    for (const { node } of approvalsWaitingForMe.edges) {
      await ask(
        persona,
        `mutation ($id: ID!, $version: Int!) {
          approveRequisition(input: { requisitionId: $id, version: $version }) { __typename }
        }`,
        { ...node },
      );
      decisions += 1;
    }
  }
  return decisions;
};

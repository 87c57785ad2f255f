import { gql } from 'urql';

export interface HealthRow {
  readonly system: string;
  readonly purpose: string;
  readonly status: 'UP' | 'DEGRADED' | 'DOWN';
  readonly latencyMs: number | null;
  readonly lastError: string | null;
}

export interface NextAction {
  readonly waitingOn: string;
  readonly action: string;
  readonly since: string;
  readonly dueAt: string | null;
  readonly why: string;
}

export interface RequestRow {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly priority: string;
  readonly requester: string;
  readonly offContract: boolean;
  readonly total: { readonly amount: string; readonly currency: string } | null;
  readonly department: { readonly name: string };
  readonly facility: { readonly name: string };
  readonly nextAction: NextAction | null;
}

export interface Overview {
  readonly systemHealth: readonly HealthRow[];
  readonly requisitions: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: RequestRow }[];
  };
  readonly exceptions: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly kind: string;
        readonly message: string;
        readonly ownerRole: string;
      };
    }[];
  };
}

/** What the first page shows. */
export const overviewQuery = gql<Overview>`
  query Overview {
    systemHealth {
      system
      purpose
      status
      latencyMs
      lastError
    }
    requisitions(first: 25, filter: { inFlight: true }) {
      totalCount
      edges {
        node {
          id
          number
          status
          priority
          requester
          offContract
          total {
            amount
            currency
          }
          department {
            name
          }
          facility {
            name
          }
          nextAction {
            waitingOn
            action
            since
            dueAt
            why
          }
        }
      }
    }
    exceptions(first: 10, filter: { status: OPEN }) {
      edges {
        node {
          id
          kind
          message
          ownerRole
        }
      }
    }
  }
`;

export interface StatusChange {
  readonly id: string;
  readonly type: string;
  readonly documentType: string;
  readonly number: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly summary: string;
  readonly occurredAt: string;
  readonly facility: { readonly name: string } | null;
}

/** The live stream of everything that changes. */
export const statusSubscription = gql<{ documentStatusChanged: StatusChange }>`
  subscription Live {
    documentStatusChanged {
      id
      type
      documentType
      number
      from
      to
      summary
      occurredAt
      facility {
        name
      }
    }
  }
`;

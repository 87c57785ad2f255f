import { randomUUID } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../../platform/identity.ts';
import { inlineFragments } from '../execution/inline-fragments.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { OperationAccess, Prepared } from '../execution/prepared.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import { allowedPart } from './allowed-part.ts';
import { answeredAs } from './answered-as.ts';
import { AskedAnswer } from './asked-answer.ts';
import { type Demand, isMet, type MayPass } from './demand.ts';
import type { Protection } from './protection.ts';
import { unauthorized } from './unauthorized.ts';

/** What decides who may read what in one supergraph. */
export interface AccessRules {
  readonly schema: GraphQLSchema;
  readonly protection: Protection;
  readonly mayPass: MayPass;
}

/** Plans and compiles a part of an operation. */
export type PlanPart = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
) => Promise<Prepared>;

// Each combination of met demands is planned apart; a graph whose clients have many keeps the latest.
const mostVariants = 16;

const responseNameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

type May = (demands: readonly Demand[]) => boolean;

/** A subscription has one field; what is left of it without that is nothing to wait for. */
const refusalOf = ({ selectionSet: { selections } }: OperationDefinitionNode): OperationRefused => {
  const [root] = selections;
  const path = root?.kind === Kind.FIELD ? [responseNameOf(root)] : [];
  const { message, extensions } = unauthorized(path);
  return new OperationRefused([new GraphQLError(message, { path, extensions })], 403);
};

const unusedAlias = (operation: OperationDefinitionNode): string => {
  const used = new Set<string>();
  visit(operation, { Field: (field) => void used.add(responseNameOf(field)) });
  let alias = 'access__type';
  while (used.has(alias)) alias += '_';
  return alias;
};

/** An operation that reads something protected. Whoever runs it gets what they may read, and never more is fetched. */
class ProtectedOperation {
  readonly #id = randomUUID();
  readonly #whole: Prepared;
  readonly #rules: AccessRules;
  readonly #plan: PlanPart;
  /** Without fragment spreads. */
  readonly #operation: OperationDefinitionNode;
  readonly #typeAlias: string;
  readonly #demands: readonly Demand[];
  readonly #variants = new LRUCache<string, Prepared | Promise<Prepared>>({ max: mostVariants });

  constructor(whole: Prepared, rules: AccessRules, plan: PlanPart) {
    this.#rules = rules;
    this.#plan = plan;
    this.#whole = whole;
    this.#operation = inlineFragments(whole.document, whole.operation);
    this.#typeAlias = unusedAlias(this.#operation);
    this.#demands = this.#touched();
  }

  get isNeeded(): boolean {
    return this.#demands.length > 0;
  }

  /** Fails closed for whoever does not ask who asks: it runs for the identity of the request, and subscribes nobody. */
  get prepared(): Prepared {
    return {
      ...this.#whole,
      execute: async (variables, request) =>
        (await this.#for(request.identity)).execute(variables, request),
      subscription: null,
      access: this.#access(null),
    };
  }

  /** Which demands the identity meets, as a text: for two of the same it is the same operation. */
  readonly #granted = (identity: Identity | null): string => {
    const { mayPass } = this.#rules;
    let key = '';
    for (const demand of this.#demands) key += isMet(demand, identity, mayPass) ? '1' : '0';
    return key;
  };

  readonly #for = (identity: Identity | null): Prepared | Promise<Prepared> => {
    const key = this.#granted(identity);
    const known = this.#variants.get(key);
    if (known) return known;
    const planning = this.#variant(key);
    this.#variants.set(key, planning);
    planning.then(
      (variant) => this.#variants.set(key, variant),
      () => this.#variants.delete(key),
    );
    return planning;
  };

  #access(key: string | null): OperationAccess {
    return {
      for: this.#for,
      holdsFor: (identity) => this.#granted(identity) === key,
      isPersonal: this.#demands.some(({ kind }) => kind === 'policy'),
    };
  }

  #touched(): readonly Demand[] {
    const touched = new Set<Demand>();
    this.#part((demands) => {
      for (const demand of demands) touched.add(demand);
      return true;
    });
    return [...touched];
  }

  #part(may: May): OperationDefinitionNode | null {
    const { schema, protection } = this.#rules;
    return allowedPart(this.#operation, { schema, protection, may, typeAlias: this.#typeAlias });
  }

  async #variant(key: string): Promise<Prepared> {
    const variant = key.includes('0') ? await this.#restricted(key) : this.#whole;
    const { subscription } = variant;
    return {
      ...variant,
      access: this.#access(key),
      subscription: subscription && this.#sharedBy(key, subscription),
    };
  }

  async #restricted(key: string): Promise<Prepared> {
    const { schema, protection } = this.#rules;
    const met = new Set(this.#demands.filter((_, at) => key[at] === '1'));
    const may: May = (demands) => demands.every((demand) => met.has(demand));
    const part = this.#part(may);
    if (part === null && this.#whole.kind === 'subscription') throw refusalOf(this.#operation);
    const allowed = part && (await this.#plan({ kind: Kind.DOCUMENT, definitions: [part] }, part));
    const asked = new AskedAnswer({
      schema,
      operation: this.#operation,
      mayMeet: (type) => may(protection.ofType(type)),
      typeAlias: this.#typeAlias,
    });
    return answeredAs(asked, this.#whole, allowed);
  }

  /** Whoever asked for something else, may read something else, or came under another supergraph shares other messages. */
  #sharedBy(key: string, subscription: PreparedSubscription): PreparedSubscription {
    const { selectionKey, sharingVariables } = this.#whole.subscription ?? subscription;
    return {
      ...subscription,
      selectionKey: [selectionKey, key, this.#id].join('\0'),
      sharingVariables,
    };
  }
}

/** The operation itself when it reads nothing protected; else one that answers each identity what it may read. */
export const protectOperation = (
  prepared: Prepared,
  rules: AccessRules,
  plan: PlanPart,
): Prepared => {
  const guarded = new ProtectedOperation(prepared, rules, plan);
  return guarded.isNeeded ? guarded.prepared : prepared;
};

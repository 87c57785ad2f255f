import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A way of asking for one field, and the text of the operation. */
export interface Attempt {
  readonly form: string;
  readonly source: string;
}

interface Step {
  readonly field: string;
  /** The fragment's type when the field's own does not have what comes next. */
  readonly on: string | null;
}

interface Target {
  readonly route: readonly Step[];
  readonly parent: GraphQLCompositeType;
  readonly field: string;
}

const deepest = 3;

const isAskable = ({ args }: GraphQLField<unknown, unknown>): boolean => args.length === 0;

const fieldsOf = (type: GraphQLCompositeType): readonly GraphQLField<unknown, unknown>[] =>
  isUnionType(type) ? [] : Object.values(type.getFields()).filter(isAskable);

/** The types through which a value of the type can be read: itself, and each that it may turn out to be. */
const readableAs = (
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): readonly GraphQLCompositeType[] =>
  isObjectType(type) ? [type] : [type, ...schema.getPossibleTypes(type)];

/** Every leaf field of the schema by every route that passes no type twice. */
const targetsOf = (
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  route: readonly Step[],
): readonly Target[] =>
  fieldsOf(parent).flatMap((field): readonly Target[] => {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return [{ route, parent, field: field.name }];
    if (!isCompositeType(type) || route.length >= deepest) return [];
    return readableAs(schema, type).flatMap((as) => {
      const step = { field: field.name, on: as === type ? null : as.name };
      return targetsOf(schema, as, [...route, step]);
    });
  });

type Wording = (target: Target) => { leaf: string; head?: string; tail?: string; alias?: boolean };

const declared = 'query($yes: Boolean! = true, $no: Boolean = false)';

const wordings: Readonly<Record<string, Wording>> = {
  plain: ({ field }) => ({ leaf: field }),
  alias: ({ field }) => ({ leaf: `id: __typename name: ${field} x: ${field}`, alias: true }),
  'inline fragment': ({ field, parent }) => ({
    leaf: `... { ... on ${parent.name} { ${field} } }`,
  }),
  'named fragment': ({ field, parent }) => ({
    leaf: '...outer',
    tail: `fragment outer on ${parent.name} { ...inner } fragment inner on ${parent.name} { ${field} }`,
  }),
  'beside its type': ({ field }) => ({ leaf: `__typename ${field}` }),
  'beside everything': ({ parent }) => ({
    leaf: fieldsOf(parent)
      .filter(({ type }) => isLeafType(getNamedType(type)))
      .map(({ name }) => name)
      .join(' '),
  }),
  'through interfaces': ({ field, parent }) => ({
    leaf: isObjectType(parent)
      ? [
          field,
          ...parent
            .getInterfaces()
            .filter((type) => field in type.getFields())
            .map(({ name }) => `... on ${name} { ${field} }`),
        ].join(' ')
      : field,
  }),
  'included by a variable': ({ field }) => ({
    head: declared,
    leaf: `${field} @include(if: $yes) @skip(if: $no)`,
  }),
  'skipped by a variable': ({ field }) => ({
    head: declared,
    leaf: `a: __typename ...f @skip(if: $no) b: ${field} @skip(if: $yes) c: __typename @include(if: $no)`,
    tail: `fragment f on NAME { ${field} }`,
  }),
};

const worded = (target: Target, form: string): string => {
  const wording = wordings[form]?.(target);
  if (!wording) throw new Error(`No form ${form}.`);
  const { leaf, head = '', tail = '', alias = false } = wording;
  const body = target.route.reduceRight((inside, { field, on }, depth) => {
    const name = alias ? `step${depth}: ${field}` : field;
    return on === null ? `${name} { ${inside} }` : `${name} { ... on ${on} { ${inside} } }`;
  }, leaf);
  return `${head} { ${body} } ${tail.replaceAll('NAME', target.parent.name)}`;
};

/** Every leaf of the schema by every route, plainly and in some of the other forms; all forms come by in turn. */
export const attempts = (schema: GraphQLSchema, formsEach: number): readonly Attempt[] => {
  const root = schema.getQueryType();
  if (!root) return [];
  const [plain = '', ...others] = Object.keys(wordings);
  return targetsOf(schema, root, []).flatMap((target, at) => {
    const forms = others
      .map((_, index) => others[(at * formsEach + index) % others.length] ?? plain)
      .slice(0, formsEach);
    return [plain, ...forms].map((form) => ({ form, source: worded(target, form) }));
  });
};

/** Interfaces and unions, by their type alone. */
export const typeOnly = (schema: GraphQLSchema): readonly Attempt[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const type = getNamedType(field.type);
    return isUnionType(type) || isInterfaceType(type)
      ? [{ form: 'its type alone', source: `{ ${field.name} { kind: __typename } }` }]
      : [];
  });

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const role = z.enum([
  'nurse',
  'nurse-manager',
  'department-director',
  'buyer',
  'steward',
  'accounts-payable',
  'auditor',
  'biomedical-engineer',
  'warehouse-clerk',
  'integration-architect',
]);

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'an exact decimal such as "1000" or "19.99"');
const name = z.string().min(1);

const sapS4 = z.strictObject({
  kind: z.literal('sap-s4'),
  name,
  purpose: name,
  url: z.url(),
  user: name,
  password: name,
  currency: name,
  purchasing: z.strictObject({
    companyCode: name,
    organization: name,
    group: name,
    orderType: name,
    glAccount: name,
  }),
});
const tryton = z.strictObject({
  kind: z.literal('tryton'),
  name,
  purpose: name,
  url: z.url(),
  database: name,
  user: name,
  password: name,
  currency: name,
});
const fhir = z.strictObject({
  kind: z.literal('fhir-r4'),
  name,
  purpose: name,
  url: z.url(),
  token: name.optional(),
});
const x12 = z.strictObject({
  kind: z.literal('x12'),
  name,
  purpose: name,
  url: z.url(),
  senderId: name,
  receiverId: name,
  supplierIds: z.union([z.literal('ALL'), z.array(name)]),
});

const department = z.strictObject({
  id: name,
  name,
  costCenter: z.strictObject({ id: name, code: name, name }),
  /** What clinical applications call the place: a reference such as Location/icu-1, or a display text. */
  places: z.array(name),
});

const facility = z.strictObject({
  id: name,
  name,
  ccn: name.nullable(),
  address: name,
  city: name,
  state: z.string().length(2),
  zip: name,
  /** New documents of this facility go to this finance system (R33). */
  financeSystem: name,
  /** What that system calls the facility: plant, warehouse. */
  financeSystemCode: name,
  departments: z.array(department),
});

const hubFile = z.strictObject({
  systems: z.strictObject({
    erps: z.array(z.discriminatedUnion('kind', [sapS4, tryton])).min(1),
    clinicals: z.array(fhir),
    tradingPartners: z.array(x12),
  }),
  policy: z.strictObject({
    approval: z.strictObject({
      id: name,
      version: z.int().positive(),
      offContractRole: role.nullable(),
      dueHours: z.number().positive(),
      thresholds: z
        .array(
          z.strictObject({
            facilityIds: z.union([z.literal('ALL'), z.array(name)]),
            upTo: decimal.nullable(),
            roles: z.array(role).min(1),
          }),
        )
        .min(1),
    }),
    budget: z.strictObject({
      onUnavailable: z.enum(['BLOCK', 'PARK', 'PROCEED']),
      onExceeded: z.enum(['PARK', 'ADD_STEP']),
      onNoBudget: z.enum(['PARK', 'ADD_STEP']),
      extraRole: role,
      deadlineMs: z.int().positive(),
    }),
    feeds: z.strictObject({
      clinicalMs: z.int().positive(),
      ordersMs: z.int().positive(),
      mastersMs: z.int().positive(),
      stockMs: z.int().positive(),
    }),
    fiscalYearStartMonth: z.int().min(1).max(12),
    runbookBase: name,
  }),
  facilities: z.array(facility).min(1),
});

const budgetRow = z.strictObject({
  costCenterId: name,
  fiscalYear: z.coerce.number().int(),
  amount: decimal,
  currency: z.string().length(3),
});

const mappingRow = z.strictObject({
  entity: z.enum(['SUPPLIER', 'ITEM', 'FACILITY', 'DEPARTMENT', 'COST_CENTER']),
  system: name,
  localId: name,
  canonicalId: name,
});

/** Everything about this hospital that is configuration, not code: its systems, places, budgets, mappings and approval policy. */
export interface Configuration extends z.infer<typeof hubFile> {
  readonly budgets: readonly z.infer<typeof budgetRow>[];
  readonly mappings: readonly z.infer<typeof mappingRow>[];
  /** When the governed budget file was last changed; shown as its provenance. */
  readonly budgetsAsOf: string;
}

/** Replaces ${NAME} and ${NAME:-default} by environment variables. */
const fillIn = (text: string, file: string, env: NodeJS.ProcessEnv): string =>
  text.replaceAll(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, variable: string, fallback?: string) => {
    const value = env[variable] ?? fallback;
    if (value === undefined)
      throw new Error(
        `${file} asks for the environment variable ${variable}: set it, or put the value into the file.`,
      );
    return value;
  });

const check = <T>(schema: z.ZodType<T>, value: unknown, file: string): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(
    `${file} is not usable:\n${result.error.issues.map((issue) => `- ${issue.path.join('.') || 'the file'}: ${issue.message}`).join('\n')}`,
  );
};

const rows = <T>(schema: z.ZodType<T>, file: string): readonly T[] =>
  check(z.array(schema), parse(readFileSync(file), { columns: true, trim: true }), file);

/**
 * Reads `hub.json`, `budgets.csv` and `crosswalk.csv` of a folder. Throws an Error that names the file, the place in it and
 * what is allowed there.
 */
export const readConfiguration = (
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Configuration => {
  const hub = join(folder, 'hub.json');
  const budgets = join(folder, 'budgets.csv');
  const parsed: unknown = JSON.parse(fillIn(readFileSync(hub, 'utf8'), hub, env));
  return {
    ...check(hubFile, parsed, hub),
    budgets: rows(budgetRow, budgets),
    budgetsAsOf: statSync(budgets).mtime.toISOString(),
    mappings: rows(mappingRow, join(folder, 'crosswalk.csv')),
  };
};

import { readFileSync } from 'node:fs';
import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import type { JsonObject } from './json.ts';

type Bundle = Extract<
  Parameters<typeof indexStructureDefinitionBundle>[0],
  { resourceType: 'Bundle' }
>;
type Entries = NonNullable<Bundle['entry']>;
type Resource = Parameters<typeof validateResource>[0];

const definitions = JSON.parse(
  readFileSync(new URL('./definitions.json', import.meta.url), 'utf8'),
) as { readonly structures: Entries };

indexStructureDefinitionBundle({
  resourceType: 'Bundle',
  type: 'collection',
  entry: definitions.structures,
});

const remedies: readonly (readonly [RegExp, string])[] = [
  [/^Missing required/, 'is missing; send it'],
  [
    /^(?:Invalid JSON type|Expected array|Expected single)/i,
    'has the wrong JSON type; send the type that FHIR R4 gives it',
  ],
  [/format$/, 'is not written as FHIR R4 asks; correct its format'],
  [/^Invalid additional/, ''],
];

/** Element paths are shown; anything else could be a patient's words that stand where a name should. */
const safePath = (path: string | undefined): string =>
  path !== undefined && /^[A-Z][A-Za-z]{1,30}(?:\.[a-z][A-Za-z[\]0-9]{0,40}){0,8}$/.test(path)
    ? path
    : 'SupplyRequest';

const inWords = (text: string, path: string | undefined): readonly string[] => {
  const remedy = remedies.find(([pattern]) => pattern.test(text))?.[1];
  // An element that R4 does not know is dropped, not refused: servers add their own.
  if (remedy === '') return [];
  return [
    `${safePath(path)}: ${remedy ?? 'breaks a rule of FHIR R4; compare it with the definition of the element'}.`,
  ];
};

/** What breaks the structure of FHIR R4 (types, cardinality, formats); never a code outside its value set. Values are not repeated. */
export const validateStructure = (document: JsonObject): readonly string[] => {
  try {
    // What is contained is of other types, whose definitions are not here, and nothing of it is used; nor of the narrative.
    const { contained: _contained, text: _narrative, ...used } = document;
    validateResource(used as unknown as Resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError))
      return ['SupplyRequest: is not built as FHIR R4 asks; compare it with the definition.'];
    const problems = (error.outcome.issue ?? []).flatMap((issue) =>
      inWords(issue.details?.text ?? '', issue.expression?.[0]),
    );
    return [...new Set(problems)].slice(0, 20);
  }
};

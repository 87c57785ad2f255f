import type { FieldDeclaration, KeyDeclaration, TypeDeclaration } from './graph-model.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@interfaceObject", "@override"])\n`;

/** The fields of a key, without those inside of others: `id tag { a }` has id and tag. */
export const nameIn = (key: string): string[] =>
  key
    .replace(/\{[^}]*\}/g, '')
    .split(/\s+/)
    .filter(Boolean);

const keySdl = ({ fields, isResolvable }: KeyDeclaration): string =>
  `@key(fields: "${fields}"${isResolvable ? '' : ', resolvable: false'})`;

const withSet = (directive: string, fields: string): string[] =>
  fields ? [`@${directive}(fields: ${JSON.stringify(fields)})`] : [];

const fieldSdl = (
  { field, isExternal, provides, directives }: FieldDeclaration,
  isInterface: boolean,
): string => {
  const type = field.isList ? `[${field.type}]` : field.type;
  const marks = [
    ...directives,
    ...(isExternal ? ['@external'] : []),
    ...withSet('requires', isExternal || isInterface ? '' : field.requires),
    ...withSet('provides', provides),
  ];
  return `  ${field.name}${field.args}: ${type} ${marks.join(' ')}`;
};

const typeSdl = (type: TypeDeclaration): string => {
  if (type.kind === 'union') return `union ${type.name} = ${type.members.join(' | ')}`;
  const head = [
    type.kind,
    type.name,
    ...(type.implemented.size > 0 ? [`implements ${[...type.implemented].join(' & ')}`] : []),
    ...type.keys.map(keySdl),
    ...(type.isInterfaceObject ? ['@interfaceObject'] : []),
    ...(type.isValue ? ['@shareable'] : []),
  ];
  const fields = [...type.fields.values()].map((field) =>
    fieldSdl(field, type.kind === 'interface'),
  );
  return `${head.join(' ')} {\n${fields.join('\n')}\n}`;
};

/** The SDL of one subgraph. */
export const graphSdl = (types: ReadonlyMap<string, TypeDeclaration>): string =>
  link + [...types.values()].map(typeSdl).join('\n');

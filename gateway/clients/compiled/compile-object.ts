import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  isNonNullType,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { checkedName, compileFunction } from '../../execution/generated-code.ts';
import type { Compilation, ExecuteObject, SelectedField } from './compilation.ts';
import { compileField } from './compile-field.ts';
import { selectFields } from './select-fields.ts';
import { settleFields, throwAfter } from './settle.ts';

/** When a value of the scalar is answered as it is, as code. */
const unchangedCode = new Map<GraphQLOutputType, (value: string) => string>([
  [GraphQLID, (value) => `typeof ${value}==='string'`],
  [GraphQLString, (value) => `typeof ${value}==='string'`],
  [GraphQLBoolean, (value) => `${value}===true||${value}===false`],
  [GraphQLFloat, (value) => `Number.isFinite(${value})`],
  [GraphQLInt, (value) => `(typeof ${value}==='number'&&(${value}|0)===${value})`],
]);

const resolved = (at: number): string =>
  `f${at}=resolve${at}(execution,source,path);if(f${at} instanceof Promise)isLate=true;`;

/** Reads a property. A leaf of the right type is taken as it is; whatever else it may be, `fields` know. */
const read = ({ definition: { name, type } }: SelectedField, at: number): string => {
  const value = `f${at}`;
  const nullable = isNonNullType(type) ? type.ofType : type;
  const unchanged = unchangedCode.get(nullable)?.(value) ?? 'false';
  const absent = isNonNullType(type) ? '' : `if(${value}==null)${value}=null;else `;
  return (
    `try{${value}=from.${checkedName(name)};}catch{${value}=again;}` +
    `if(!(${unchanged})){${absent}{${value}=typeof ${value}==='function'?resolve${at}(execution,source,path)` +
    `:complete${at}(execution,path,${value});if(${value} instanceof Promise)isLate=true;}}`
  );
};

const fieldCode = (field: SelectedField, at: number): string => {
  if (field.definition === TypeNameMetaFieldDef)
    return `f${at}="${checkedName(field.parentType.name)}";`;
  return field.definition.resolve ? resolved(at) : read(field, at);
};

/** A response name may be `__proto__`, which would set what the object inherits from. */
const keyCode = (name: string): string =>
  name === '__proto__' ? `["${name}"]` : `"${checkedName(name)}"`;

const objectCode = (fields: readonly SelectedField[]): string => {
  const values = fields.map((_, at) => `f${at}`).join();
  const entries = fields.map(({ responseName }, at) => `${keyCode(responseName)}:f${at}`);
  const functions = fields.map(
    (_, at) => `const {resolve:resolve${at},complete:complete${at}}=fields[${at}];`,
  );
  return `${functions.join('')}return function object(execution,source,path){
    const from=typeof source==='object'&&source!==null||typeof source==='function'?source:nothing;
    let isLate=false${values && `,${values}`};
    try{${fields.map(fieldCode).join('\n')}}catch(thrown){return throwAfter([${values}],thrown);}
    const data={${entries.join()}};
    return isLate?settleFields(data):data;};`;
};

const nothing = Object.freeze(Object.create(null));
const again = (): void => undefined;

/** What selection sets ask of an object of one type, as generated code: this runs for every object of every answer. */
export const compileObject = (
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  compilation: Compilation,
): ExecuteObject => {
  const fields = selectFields(type, sets, compilation);
  return compileFunction<ExecuteObject>(objectCode(fields), {
    fields: fields.map((field) => compileField(field, compilation)),
    nothing,
    again,
    settleFields,
    throwAfter,
  });
};

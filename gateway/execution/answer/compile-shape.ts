import {
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from 'graphql';
import { checkedName, compileFunction, own, readCode } from '../generated-code.ts';
import type { DataObject, Values } from '../steps/run.ts';
import { jsonText } from './json-text.ts';
import type { OperationFields, RuntimeType } from './operation-fields.ts';

/** Writes fetched data as the JSON text of the answer; null when any of it does not fit the schema exactly. */
export type Shape = (data: DataObject) => string | null;

export interface ShapeSource {
  readonly schema: GraphQLSchema;
  readonly fields: OperationFields;
  readonly root: GraphQLObjectType;
  readonly selections: SelectionSetNode;
  /** The variables that conditions read. */
  readonly variables: Values;
  /** True when no string in the data needs escaping. */
  readonly plain: boolean;
}

/** Thrown by generated code: what follows is for the slow path, which knows how to say what is wrong. */
const unfit = Symbol('unfit');

const leafAsJson = (value: unknown, plain: boolean): string =>
  typeof value === 'string' ? (plain ? `"${value}"` : jsonText(value)) : JSON.stringify(value);

/** Generates one function for each type and selection. `value` and `text` below are variables of the generated code. */
class ShapeWriter {
  readonly #source: ShapeSource;
  readonly #functions: string[] = [];
  readonly #named = new Map<string, string>();
  readonly #selectionIds = new Map<SelectionSetNode, number>();
  #variables = 0;

  constructor(source: ShapeSource) {
    this.#source = source;
  }

  write(): string {
    const { root, selections } = this.#source;
    const name = this.#objectFunction(root, [selections]);
    return `${this.#functions.join('\n')}return ${name};`;
  }

  #value(
    type: GraphQLOutputType,
    value: string,
    into: [string, readonly SelectionSetNode[]],
  ): string {
    const isMissing = `${value}===null||${value}===undefined`;
    if (isNonNullType(type))
      return `if(${isMissing})throw unfit;${this.#present(type.ofType, value, into)}`;
    return `if(${isMissing})${into[0]}='null';else{${this.#present(type, value, into)}}`;
  }

  #present(
    type: GraphQLOutputType,
    value: string,
    [text, selections]: [string, readonly SelectionSetNode[]],
  ): string {
    if (isListType(type)) return this.#list(type.ofType, value, [text, selections]);
    if (isLeafType(type)) return this.#leaf(type, value, text);
    if (isNonNullType(type)) throw new Error('A non-null type of a non-null type.');
    const name = isAbstractType(type)
      ? this.#abstractFunction(type, selections)
      : this.#objectFunction(type, selections);
    return `${text}=${name}(${value});`;
  }

  #list(
    type: GraphQLOutputType,
    value: string,
    [text, selections]: [string, readonly SelectionSetNode[]],
  ): string {
    const id = this.#variables++;
    const item = `item${id}`;
    const itemText = `itemText${id}`;
    const one = this.#value(type, item, [itemText, selections]);
    return (
      `if(!Array.isArray(${value}))throw unfit;let list${id}='[';` +
      `for(let at=0;at<${value}.length;at++){const ${item}=${value}[at];let ${itemText};${one}` +
      `list${id}+=at===0?${itemText}:','+${itemText};}${text}=list${id}+']';`
    );
  }

  #leaf(type: GraphQLLeafType, value: string, text: string): string {
    const string = this.#source.plain ? `'"'+${value}+'"'` : `jsonText(${value})`;
    const checked = (fits: string, json: string): string =>
      `if(!(${fits}))throw unfit;${text}=${json};`;
    switch (type.name) {
      case 'String':
        return checked(`typeof ${value}==='string'`, string);
      case 'ID':
        return `if(typeof ${value}==='string')${text}=${string};else{${checked(`Number.isSafeInteger(${value})`, `''+${value}`)}}`;
      case 'Int':
        return checked(`(${value}|0)===${value}`, `''+${value}`);
      case 'Float':
        return checked(`Number.isFinite(${value})`, `''+${value}`);
      case 'Boolean':
        return checked(`${value}===true||${value}===false`, `''+${value}`);
      default:
    }
    if (!isEnumType(type)) return `${text}=leafAsJson(${value},${this.#source.plain});`;
    const names = type.getValues().map(({ name }) => `case"${checkedName(name)}":`);
    return `switch(${value}){${names.join('')}${text}='"'+${value}+'"';break;default:throw unfit;}`;
  }

  /** One switch over the runtime types; the type itself stands for an interface object. */
  #abstractFunction(type: GraphQLAbstractType, selections: readonly SelectionSetNode[]): string {
    return this.#once(type.name, selections, (name) => {
      const possible: RuntimeType[] = [...this.#source.schema.getPossibleTypes(type)];
      if (isInterfaceType(type)) possible.push(type);
      const cases = possible.map((runtime) => {
        const known = runtime === type ? null : this.#objectFunction(runtime, selections);
        const shaped = known ?? this.#interfaceObjectFunction(type.name, runtime, selections);
        return `case"${checkedName(runtime.name)}":return ${shaped}(object);`;
      });
      return `function ${name}(object){switch(object.__typename){${cases.join('')}default:throw unfit;}}`;
    });
  }

  #interfaceObjectFunction(
    name: string,
    type: RuntimeType,
    selections: readonly SelectionSetNode[],
  ): string {
    return this.#fieldsFunction(`${name} itself`, type, selections);
  }

  #objectFunction(type: RuntimeType, selections: readonly SelectionSetNode[]): string {
    return this.#fieldsFunction(type.name, type, selections);
  }

  #fieldsFunction(key: string, type: RuntimeType, selections: readonly SelectionSetNode[]): string {
    return this.#once(key, selections, (name) => {
      const { fields, variables } = this.#source;
      let body = '';
      const parts: string[] = [];
      for (const field of fields.of(type, selections, variables)) {
        const comma = parts.length > 0 ? ',' : '';
        const label = `${comma}"${checkedName(field.responseName)}":`;
        if (field.name === '__typename') {
          // An interface object that is asked for its type has none that a client may know.
          if (isInterfaceType(type)) return `function ${name}(){throw unfit;}`;
          parts.push(JSON.stringify(`${label}"${type.name}"`));
          continue;
        }
        const id = this.#variables++;
        const read = readCode('object', field.dataName);
        body += `const value${id}=${read};let text${id};`;
        body += this.#field(type, field.name, [`value${id}`, `text${id}`, field.selections]);
        parts.push(`${JSON.stringify(label)}+text${id}`);
      }
      const typeCheck = `const type=object.__typename;if(typeof object!=='object'||Array.isArray(object)||(type!==undefined&&type!=="${checkedName(type.name)}"))throw unfit;`;
      return `function ${name}(object){${typeCheck}${body}return '{'+${[...parts, "'}'"].join('+')};}`;
    });
  }

  #field(
    type: RuntimeType,
    field: string,
    [value, text, selections]: [string, string, readonly SelectionSetNode[]],
  ): string {
    if (field === '__schema' || field === '__type')
      return `${text}=${value}===undefined?'null':JSON.stringify(${value});`;
    const definition = type.getFields()[field];
    if (!definition) throw new Error(`${type.name} has no field ${field}.`);
    return this.#value(definition.type, value, [text, selections]);
  }

  /** The function of this key and selection, written on first use; its name is known before, for types that recur. */
  #once(
    key: string,
    selections: readonly SelectionSetNode[],
    write: (name: string) => string,
  ): string {
    const ids = selections.map((selection) => {
      const id = this.#selectionIds.get(selection) ?? this.#selectionIds.size;
      this.#selectionIds.set(selection, id);
      return id;
    });
    const identity = `${key}:${ids.join()}`;
    let name = this.#named.get(identity);
    if (!name) {
      name = `shape${this.#named.size}`;
      this.#named.set(identity, name);
      this.#functions.push(write(name));
    }
    return name;
  }
}

/** The fast path: generated code from data straight to text. */
export const compileShape = (source: ShapeSource): Shape => {
  const shape = compileFunction<(data: DataObject) => string>(new ShapeWriter(source).write(), {
    jsonText,
    leafAsJson,
    own,
    unfit,
  });
  return (data) => {
    try {
      return shape(data);
    } catch (reason) {
      if (reason === unfit) return null;
      throw reason;
    }
  };
};

import { compileFunction, own, readCode } from '../generated-code.ts';
import type { DataObject } from './run.ts';

/** Where a fetch writes: response names, and `@` for "every item of the list". */
export type PlanPath = readonly (string | number)[];

export type ResponsePath = readonly (string | number)[];

const isDataObject = (value: unknown): value is DataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All objects at a path, in document order, as generated code. Nulls and what is no object are left out. */
export const compileCollect = (path: PlanPath): ((data: DataObject) => DataObject[]) => {
  let source = '';
  let close = '';
  let current = 'data';
  path.forEach((segment, depth) => {
    if (segment === '@') {
      source += `if(Array.isArray(${current}))for(let at${depth}=0;at${depth}<${current}.length;at${depth}++){const item${depth}=${current}[at${depth}];`;
      current = `item${depth}`;
    } else {
      source += `if(isObject(${current})){const field${depth}=${readCode(current, String(segment))};`;
      current = `field${depth}`;
    }
    close += '}';
  });
  source += `if(isObject(${current}))found.push(${current});`;
  return compileFunction(
    `return function collect(data){const found=[];${source}${close}return found;};`,
    { isObject: isDataObject, own },
  );
};

class ResponsePaths {
  readonly found = new Map<object, ResponsePath[]>();
  readonly #path: PlanPath;

  constructor(path: PlanPath) {
    this.#path = path;
  }

  walk(value: unknown, depth: number, at: ResponsePath): void {
    const segment = this.#path[depth];
    if (segment === '@') this.#walkList(value, depth, at);
    else if (isDataObject(value)) {
      if (segment === undefined) this.#add(value, at);
      else this.walk(own(value, String(segment)), depth + 1, [...at, segment]);
    }
  }

  #walkList(value: unknown, depth: number, at: ResponsePath): void {
    if (!Array.isArray(value)) return;
    value.forEach((item, index) => {
      this.walk(item, depth + 1, [...at, index]);
    });
  }

  #add(value: object, at: ResponsePath): void {
    const paths = this.found.get(value);
    if (paths) paths.push(at);
    else this.found.set(value, [at]);
  }
}

/** The response paths of every object at a path; an object that several places share has several. */
export const responsePaths = (data: DataObject, path: PlanPath): Map<object, ResponsePath[]> => {
  const paths = new ResponsePaths(path);
  paths.walk(data, 0, []);
  return paths.found;
};

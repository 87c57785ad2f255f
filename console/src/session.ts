/** The person of the demo who looks at the console. */
export interface Persona {
  readonly key: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly token: string;
}

const storageKey = 'syncline.persona';

/** The demo's people with their tokens; empty outside demo mode. */
export const fetchPersonas = async (): Promise<readonly Persona[]> => {
  const response = await fetch('/demo/personas');
  return response.ok ? ((await response.json()) as readonly Persona[]) : [];
};

/** Who was chosen last; remembered by the browser. */
export const rememberedPersona = (): string => localStorage.getItem(storageKey) ?? 'ira';

export const rememberPersona = (key: string): void => localStorage.setItem(storageKey, key);

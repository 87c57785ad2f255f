import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { createGraphClient } from './client.ts';
import { FirstPage } from './first-page.tsx';
import { fetchPersonas, type Persona, rememberedPersona, rememberPersona } from './session.ts';
import './style.css';

const Console = ({ personas }: { readonly personas: readonly Persona[] }) => {
  const [key, setKey] = useState(rememberedPersona);
  const persona = personas.find((one) => one.key === key) ?? personas[0];
  const token = persona?.token ?? '';
  const client = useMemo(() => createGraphClient(token), [token]);
  const choose = (chosen: string): void => {
    rememberPersona(chosen);
    setKey(chosen);
  };
  return (
    <Provider value={client}>
      <header>
        <h1>Syncline</h1>
        <nav>
          <a href="/graphql">Explorer</a>
          <a href="/metrics">Metrics</a>
        </nav>
        <label>
          Looking as{' '}
          <select value={persona?.key} onChange={(event) => choose(event.target.value)}>
            {personas.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}, {one.roles.join(', ')}
              </option>
            ))}
          </select>
        </label>
      </header>
      <main key={persona?.key}>
        <FirstPage token={token} />
      </main>
    </Provider>
  );
};

const Start = () => {
  const [personas, setPersonas] = useState<readonly Persona[]>();
  useEffect(() => {
    fetchPersonas().then(setPersonas, () => setPersonas([]));
  }, []);
  if (personas === undefined) return <p className="empty">Reading…</p>;
  return <Console personas={personas} />;
};

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <Start />
    </StrictMode>,
  );

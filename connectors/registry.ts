import { fhirR4 } from './fhir-r4/connector.ts';
import { sapS4 } from './sap-s4/connector.ts';
import { tryton } from './tryton/connector.ts';
import { x12 } from './x12/connector.ts';

/** One connected system as configuration names it; `kind` chooses the connector. */
export type ErpSetting =
  | {
      readonly kind: 'sap-s4';
      readonly name: string;
      readonly url: string;
      readonly user: string;
      readonly password: string;
      readonly currency: string;
      readonly purchasing: {
        readonly companyCode: string;
        readonly organization: string;
        readonly group: string;
        readonly orderType: string;
        readonly glAccount: string;
      };
    }
  | {
      readonly kind: 'tryton';
      readonly name: string;
      readonly url: string;
      readonly database: string;
      readonly user: string;
      readonly password: string;
    };

/** Every system that configuration names. */
export interface SystemSettings {
  readonly erps: readonly ErpSetting[];
  readonly clinicals: readonly {
    readonly name: string;
    readonly url: string;
    readonly token?: string | undefined;
  }[];
  readonly tradingPartners: readonly {
    readonly name: string;
    readonly url: string;
    readonly senderId: string;
    readonly receiverId: string;
    readonly supplierIds: readonly string[] | 'ALL';
  }[];
}

/** A new kind of finance system is a folder beside this file and a line here. */
const connectErp = (setting: ErpSetting) => {
  switch (setting.kind) {
    case 'sap-s4':
      return sapS4({
        name: setting.name,
        baseUrl: setting.url,
        credentials: { user: setting.user, password: setting.password },
        currency: setting.currency,
        purchasing: setting.purchasing,
      });
    case 'tryton':
      return tryton(setting);
  }
};

const byName = <T extends { readonly name: string }>(
  systems: readonly T[],
): ReadonlyMap<string, T> => new Map(systems.map((system) => [system.name, system]));

/** A connector for every system that configuration names. Nothing is called yet: a system that is down keeps nobody from starting. */
export const connectSystems = (settings: SystemSettings) => ({
  erps: byName(settings.erps.map(connectErp)),
  clinicals: byName(
    settings.clinicals.map(({ name, url, token }) =>
      fhirR4({ name, baseUrl: url, ...(token === undefined ? {} : { bearerToken: token }) }),
    ),
  ),
  tradingPartners: byName(settings.tradingPartners.map(x12)),
});

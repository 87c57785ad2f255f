import type { Call, Changes, Quantity } from '../../platform/call.ts';

/** A ward's request after the clinical edge: patient references are gone, free text is screened. */
export interface ClinicalSupplyRequest {
  readonly kind: 'REQUEST';
  readonly localId: string;
  /** The version of the resource; the same version read twice is the same request. */
  readonly versionId: string;
  /** Names the basket: requests made together share it. Falls back to the request's own id. */
  readonly basket: string;
  readonly status:
    | 'draft'
    | 'active'
    | 'suspended'
    | 'cancelled'
    | 'completed'
    | 'entered-in-error'
    | 'unknown';
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  readonly itemCode: string;
  readonly itemText: string;
  /** The unit is EA when the request names none. */
  readonly quantity: Quantity;
  /** YYYY-MM-DD */
  readonly neededBy: string | null;
  readonly authoredOn: string;
  /** A person of the staff or a role, never a patient. */
  readonly requester: string | null;
  /** Where to deliver: a reference such as Location/icu-1, or the place's display text. The crosswalk knows what it stands for. */
  readonly deliverTo: string | null;
  readonly clinicalRequestRef: string;
  /** The document with patient data removed, as JSON text. */
  readonly screened: string;
}

/** A document that is not usable; it is kept, and waits for its owner. */
export interface UnusableClinicalDocument {
  readonly kind: 'UNUSABLE';
  readonly localId: string;
  readonly versionId: string;
  readonly screened: string;
  /** Each problem names the element and what to do. */
  readonly problems: readonly string[];
}

/** What goes back to the ward about one request. */
export interface SupplyRequestReport {
  readonly localId: string;
  /** completed when all has come; active while it is on its way; cancelled when it was refused. */
  readonly status: 'active' | 'completed' | 'cancelled';
  /** In words, for the ward: "Ordered as 4500000123", "6 of 10 received". */
  readonly summary: string;
  /** Our event's position; an older report never overwrites a newer one. */
  readonly sequence: number;
}

/** A delivery as the ward's application is told of it (FHIR SupplyDelivery). */
export interface DeliveryReport {
  /** Unique per receipt and request; telling twice gives one delivery. */
  readonly reference: string;
  readonly supplyRequestLocalId: string;
  readonly status: 'in-progress' | 'completed';
  readonly quantity: Quantity;
  readonly occurredAt: string;
}

/** The supply requests of one clinical application. */
export interface SupplyRequests {
  readonly changedSince: (
    cursor: string | null,
    call: Call,
  ) => Promise<Changes<ClinicalSupplyRequest | UnusableClinicalDocument>>;
  /** Reads one document that was pushed to the hub; pure, never throws. */
  readonly read: (raw: string) => ClinicalSupplyRequest | UnusableClinicalDocument;
  readonly report: (report: SupplyRequestReport, call: Call) => Promise<void>;
  readonly reportDelivery: (delivery: DeliveryReport, call: Call) => Promise<void>;
}

/** A device as a clinical application knows it. */
export interface LocalEquipment {
  readonly localId: string;
  readonly name: string;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly deviceIdentifier: string | null;
  readonly location: string | null;
  readonly changedAt: string;
}

/** The equipment that one clinical application knows. */
export interface EquipmentRegister {
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalEquipment>>;
}

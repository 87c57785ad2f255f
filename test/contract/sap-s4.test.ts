import { erpContract } from './erp-port.ts';
import { startSap } from './sap-s4-hospital.ts';

// Two records a page, so that every read in the suite goes over __next.
erpContract('SAP S/4HANA', () => startSap({ pageSize: 2 }));

import { erpContract } from './erp-port.ts';
import { startTryton } from './tryton-hospital.ts';

erpContract('Tryton', () => startTryton());

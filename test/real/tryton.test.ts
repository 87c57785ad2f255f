import { erpContract } from '../contract/erp-port.ts';
import { startRealTryton } from './tryton-hospital.ts';

erpContract('A real Tryton 6.0', startRealTryton);

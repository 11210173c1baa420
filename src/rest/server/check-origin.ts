import { type Asked, judgeOrigin, type Served } from '../../loopback/judge-origin.ts';
import { RestFault } from '../rest-fault.ts';

/** The request is for this server, and no other site made a browser send it. @throws RestFault SyntacticError, MisdirectedRequest, Unauthorized */
export function checkOrigin(asked: Asked, served: Served): void {
  const fault = judgeOrigin(asked, served);
  if (fault === undefined) return;
  if (fault === 'no-host') {
    throw new RestFault('SyntacticError', 'The request needs exactly one Host header', {
      problems: [{ path: 'Host', message: 'expected exactly one' }],
    });
  }
  throw fault === 'other-host'
    ? new RestFault('MisdirectedRequest', 'This server does not answer for that host')
    : new RestFault('Unauthorized', 'Requests of other sites are refused');
}

import { EnumValue } from './enum-value.ts';

/** Source: .NET, `System.Net.HttpStatusCode`; of two names the first is the text. */
const names: readonly string[] =
  `200 OK, 201 Created, 202 Accepted, 203 NonAuthoritativeInformation, 204 NoContent, 205 ResetContent,
206 PartialContent, 207 MultiStatus, 208 AlreadyReported, 226 IMUsed, 300 Ambiguous/MultipleChoices, 301 Moved/MovedPermanently,
302 Redirect/Found, 303 SeeOther/RedirectMethod, 304 NotModified, 305 UseProxy, 306 Unused,
307 TemporaryRedirect/RedirectKeepVerb, 308 PermanentRedirect, 400 BadRequest, 401 Unauthorized, 402 PaymentRequired,
403 Forbidden, 404 NotFound, 405 MethodNotAllowed, 406 NotAcceptable, 407 ProxyAuthenticationRequired, 408 RequestTimeout,
409 Conflict, 410 Gone, 411 LengthRequired, 412 PreconditionFailed, 413 RequestEntityTooLarge, 414 RequestUriTooLong,
415 UnsupportedMediaType, 416 RequestedRangeNotSatisfiable, 417 ExpectationFailed, 421 MisdirectedRequest,
422 UnprocessableEntity/UnprocessableContent, 423 Locked, 424 FailedDependency, 426 UpgradeRequired, 428 PreconditionRequired,
429 TooManyRequests, 431 RequestHeaderFieldsTooLarge, 451 UnavailableForLegalReasons, 500 InternalServerError,
501 NotImplemented, 502 BadGateway, 503 ServiceUnavailable, 504 GatewayTimeout, 505 HttpVersionNotSupported,
506 VariantAlsoNegotiates, 507 InsufficientStorage, 508 LoopDetected, 510 NotExtended, 511 NetworkAuthenticationRequired`.split(
    /,\s/,
  );

const byNumber = new Map(
  names.map((line) => {
    const [number = '', spelled = ''] = line.split(' ');
    return [Number(number), spelled.split('/')];
  }),
);

/** The `StatusCode` of a response. A number without a name is its own text. */
export function httpStatus(code: number): EnumValue {
  return new EnumValue('HttpStatusCode', code, byNumber.get(code) ?? []);
}

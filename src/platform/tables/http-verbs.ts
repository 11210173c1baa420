import { type Verb, verb } from './verb.ts';

const setup = { source: 'commands/http-setup' };
const forms = { source: 'commands/forms' };
const cookies = { source: 'commands/cookies' };

const getForm = 'FormObjectName!:reads InputName!:text VariableName!:sets ContainsSecret:flag';
const setForm = 'FormObjectName!:sets CreateForm:text InputName:text Value:value IsSecret:flag';

/** Requests, forms, cookies. Source: specification d.6, d.7. */
export const httpVerbs: readonly Verb[] = [
  verb('NewHttpRequest', 'ObjectName!:sets', setup),
  verb('BaseAddress', 'Address!:value', setup),
  verb('Headers', 'RequestObjectName!:reads AddHeaders:object', setup),
  verb(
    'HttpAuth',
    'RequestObjectName!:reads Type!:text Credentials:object(Login:value Password:value Uri:value Domain:value)',
    { source: 'commands/http-auth' },
  ),
  verb(
    'Request',
    `RequestObjectName!:seeks ResponseObjectName:sets Verb!:text Url!:text SubstitutionInUrl:flag IgnoreServerCertAuthentication:flag
    AllowRedirect:flag PersistCookies:flag IsSecret:flag UrlIsSecret:flag ProxyIp:value ProxyPort:number ProxyUser:value ProxyPassword:value
    Content:object(ContentObjectName:reads ContentType:text)`,
    { source: 'commands/request' },
  ),
  verb('ExtractJsonObject', 'JsonObjectName!:reads Name!:sets ContainsSecret:flag', { source: 'commands/json' }),
  verb('ExtractFormData', 'ResponseObjectName!:reads FormObjectName!:sets XPath:text ContainsSecret:flag', forms),
  verb('GetFormValue', getForm, forms),
  verb('GetFormData', getForm, forms),
  verb('SetFormValue', setForm, forms),
  verb('SetFormData', setForm, forms),
  verb('GetCookie', 'Name!:text Domain!:value Path:value VariableName!:sets', cookies),
  verb('SetCookie', 'Name!:text Domain!:value Path:value Value:value Secure:flag', cookies),
  verb('ClearCookie', 'Name!:value Domain!:value Path:value', cookies),
];

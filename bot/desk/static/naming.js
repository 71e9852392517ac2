/** What things are called in the interface's language, where the desk sends a code. */

import { has, say } from './words.js';

const named = (kind) => (code) => (has(`${kind}_${code}`) ? say(`${kind}_${code}`) : String(code).replaceAll('_', ' '));

export const channelName = named('channel');
export const statusName = named('status');
export const kindName = named('kind');
export const interviewName = named('interview');
export const correctionName = named('correction');
export const modeName = named('mode');
export const actionName = named('action');
export const intentName = named('intent');
export const verdictName = named('verdict');
export const auditKindName = named('audit_kind');
export const auditKeyName = named('audit_key');
export const roleName = named('role');
export const languageName = named('language');
export const auditWhyName = named('audit_why');
export const keyName = named('kbd');

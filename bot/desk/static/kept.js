/**
 * What is typed and not sent: drafts, and what is on its way. sessionStorage survives a reload and ends with the tab;
 * it belongs to one of the staff and is gone when they sign out.
 */

const read = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
};

function write(key, value) {
  try {
    if (value == null || value.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // blocked or full: what is on the screen still stands
  }
}

const draftKey = (conversation, kind) => `desk:draft:${kind}:${conversation}`;

export const draft = (conversation, kind) => read(draftKey(conversation, kind)) ?? '';
export const keepDraft = (conversation, kind, text) => write(draftKey(conversation, kind), text);
export const outbox = () => read('desk:outbox') ?? [];
export const keepOutbox = (items) => write('desk:outbox', items);
